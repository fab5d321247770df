/** What is around every page of a session: settings of the program, keys, the router. */
import { Tooltip } from '@base-ui/react/tooltip';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { DropProvider } from '../components/DropTarget';
import { i18next, systemLanguage } from '../i18n';
import { CommandProvider } from './commands/commands';
import { Opening } from './ErrorScreen';
import { useProfile } from './profiles';
import { makeRouter } from './router';
import { useScope } from './scope';
import { useSettings } from './settings';
import { TitleProvider } from './titles';
import { useWindow } from './window';

export function Frame() {
  const { place } = useWindow();
  const { backend } = useScope();
  const [router] = useState(() => makeRouter(place.at));
  const { settings: now, read, failed } = useSettings();
  const { colour } = useProfile();
  // Until they are read again, those of the session before: theme and language do not change when the profile does.
  const settings = read ? now : (place.settings ?? now);
  const known = read || failed || place.settings !== null;
  const { theme } = settings;
  const language = settings.language ?? systemLanguage();

  useEffect(() =>
    router.subscribe('onResolved', ({ toLocation }) =>
      place.remember(toLocation.pathname, toLocation.search),
    ),
  );

  useEffect(() => {
    if (read) place.keep(now);
  }, [read, now, place]);

  useEffect(() => {
    if (!known) return;
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const show = () => {
      const chosen = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
      document.documentElement.dataset['theme'] = chosen;
    };
    show();
    dark.addEventListener('change', show);
    return () => dark.removeEventListener('change', show);
  }, [theme, known]);

  useEffect(() => {
    if (!known) return;
    document.documentElement.lang = language;
    void i18next.changeLanguage(language);
  }, [language, known]);

  useEffect(() => {
    document.documentElement.style.setProperty('--profile', `var(--${colour})`);
  }, [colour]);

  // A few thousandths of a second, once: better than a window that changes its colours and its words before one's eyes.
  if (!known) return <Opening backend={backend} />;
  return (
    <CommandProvider keys={settings.keys}>
      <TitleProvider>
        <DropProvider>
          <Tooltip.Provider delay={500}>
            <RouterProvider router={router} />
          </Tooltip.Provider>
        </DropProvider>
      </TitleProvider>
    </CommandProvider>
  );
}
