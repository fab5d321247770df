import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests run what is written: compiling it first takes longer than the tests. The linter keeps the compiler's rules.
  plugins: [react(), ...(process.env['VITEST'] ? [] : [babel({ presets: [reactCompilerPreset()] })])],
  // The captions' painter is a worker with WebAssembly in it.
  worker: { format: 'es' },
  build: { target: 'safari16', assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  server: { port: 1420, strictPort: true },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
  },
});
