/**
 * The window without the program behind it, for looking at it: `dev.html?page=/library&theme=light&full=0&lang=ro`.
 * `full=0` is an empty profile, `long=1` gives everything long names, `money=near|over|overrun` uses the limits up, `publish=off|none|here` changes how it publishes, `sync=in|linked|aside|again` how it is kept on a server, `notice=1` and `broken=1` show a
 * profile that does not open, `page=/gallery` shows the components.
 */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '../app/App';
import { i18next } from '../i18n';
import '../styles/tokens.css';
import '../styles/global.css';
import { Gallery } from './Gallery';
import { devBackend } from './backend';

const asked = new URLSearchParams(window.location.search);
const page = asked.get('page') ?? '/library';
const theme = asked.get('theme') === 'light' ? 'light' : 'dark';
const language = asked.get('lang') ?? 'en';

document.documentElement.dataset['theme'] = theme;
void i18next.changeLanguage(language);

const backend = devBackend({
  theme,
  language,
  full: asked.get('full') !== '0',
  long: asked.get('long') === '1',
  money: asked.get('money'),
  publish: asked.get('publish'),
  sync: asked.get('sync'),
  notice: asked.get('notice') === '1',
  broken: asked.get('broken') === '1',
});

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      {page === '/gallery' ? <Gallery backend={backend} /> : <App backend={backend} at={page} />}
    </StrictMode>,
  );
}
