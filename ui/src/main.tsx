import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
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
}
