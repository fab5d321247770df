import js from '@eslint/js';
import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'src/backend/bindings/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  hooks.configs.flat.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // What lies between two profiles is cleared by a fresh tree, never by hand: nothing of the window may outlive it.
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/lib/stored.ts', 'src/lib/stored.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'localStorage', message: 'Use lib/stored: it keeps profiles apart.' },
        { name: 'sessionStorage', message: 'Use lib/stored: it keeps profiles apart.' },
      ],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/backend/tauri.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@tauri-apps/*'], message: 'Only backend/tauri.ts talks to the shell.' }] },
      ],
    },
  },
);
