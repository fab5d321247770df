/** What is around every page of a session: settings of the program, keys, the router. */
import { Tooltip } from '@base-ui/react/tooltip';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { DropProvider } from '../components/DropTarget';
import { i18next, systemLanguage } from '../i18n';
import { CommandProvider } from './commands/commands';
import { useProfile } from './profiles';
import { makeRouter } from './router';
import { useSettings } from './settings';
import { TitleProvider } from './titles';
import { useWindow } from './window';

export function Frame() {
  const { place } = useWindow();
  const [router] = useState(() => makeRouter(place.at));
  const { settings } = useSettings();
  const { colour } = useProfile();
  const { theme } = settings;
  const language = settings.language ?? systemLanguage();

  useEffect(() => router.subscribe('onResolved', ({ toLocation }) => place.remember(toLocation.pathname)));

  useEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const show = () => {
      const chosen = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
      document.documentElement.dataset['theme'] = chosen;
    };
    show();
    dark.addEventListener('change', show);
    return () => dark.removeEventListener('change', show);
  }, [theme]);

  useEffect(() => {
    document.documentElement.lang = language;
    void i18next.changeLanguage(language);
  }, [language]);

  useEffect(() => {
    document.documentElement.style.setProperty('--profile', `var(--${colour})`);
  }, [colour]);

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
