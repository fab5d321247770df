import { fileURLToPath } from 'node:url';
import babel from '@rolldown/plugin-babel';
import react, { reactCompilerPreset } from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { devMedia } from './dev/media.ts';

export default defineConfig({
  // Tests run what is written: compiling it first takes longer than the tests. The linter keeps the compiler's rules.
  plugins: [
    react(),
    ...(process.env['VITEST'] ? [] : [babel({ presets: [reactCompilerPreset()] })]),
    devMedia(),
  ],
  // A package that may not be shipped, and is not needed: see there.
  resolve: { alias: { 'rvfc-polyfill': fileURLToPath(new URL('./src/lib/nothing.ts', import.meta.url)) } },
  // The captions' painter is a worker with WebAssembly in it.
  worker: { format: 'es' },
  // While developing, too: bundled ahead, it would look for its worker in the wrong place.
  optimizeDeps: { exclude: ['jassub'] },
  build: { target: 'safari16', assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  // The fonts of the captions lie beside this folder.
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  test: {
    environment: 'jsdom',
    setupFiles: ['./src/testing/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    testTimeout: 60_000,
  },
});
