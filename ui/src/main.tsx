import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { preloadPages } from './app/router';
import { tauriBackend } from './backend/tauri';
import './i18n';
import './styles/tokens.css';
import './styles/global.css';

// The system's theme until the settings are read.
const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App backend={tauriBackend()} />
    </StrictMode>,
  );
  // Those that are not on the screen, when nothing is waited for. One that fails says so when it is opened.
  window.setTimeout(() => void preloadPages(), 1_000);
}
