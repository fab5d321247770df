/** The real backend: the only file that talks to the shell. */
import { Channel, invoke } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { getCurrentWindow } from '@tauri-apps/api/window';
import { open, save } from '@tauri-apps/plugin-dialog';
import type { Backend, Drag, FileKind, Heard, Reply, Session } from './backend';

/** The backend of the window this runs in. */
export function tauriBackend(): Backend {
  const here = getCurrentWindow();
  return {
    session: () => invoke<Session>('session'),
    switchProfile: (id) => invoke<Session>('switch_profile', { id }),
    call: (epoch, name, args) => invoke<Reply<typeof name>>('call', { epoch, call: { call: name, ...args } }),
    listen: (epoch, heard) => {
      const channel = new Channel<Heard>();
      channel.onmessage = heard;
      return invoke('listen', { epoch, channel });
    },
    onSwitched: (heard) => here.listen<Session>('profile-switched', (event) => heard(event.payload)),
    onHomeChanged: (heard) => here.listen('home-changed', () => heard()),
    onElsewhere: (heard) =>
      here.listen<{ running: number }>('elsewhere', (event) => heard(event.payload.running)),
    onDrag: (heard) =>
      getCurrentWebview().onDragDropEvent(({ payload }) => {
        const drag = dragOf(payload);
        if (drag) heard(drag);
      }),
    openWindow: (profile) => invoke('open_window', { profile }),
    ready: () => invoke('window_ready'),
    setTitle: (title) => here.setTitle(title),
    minimise: () => here.minimize(),
    toggleMaximise: () => here.toggleMaximize(),
    close: () => here.close(),
    onClose: (before) =>
      here.onCloseRequested(async (event) => {
        if (!(await before())) event.preventDefault();
      }),
    chooseFiles: async (title, kinds?: FileKind[]) => {
      const chosen = await open({ title, multiple: true, filters: kinds ?? [] });
      return chosen ?? [];
    },
    chooseFolder: (title) => open({ title, directory: true }),
    chooseGoal: (title, name) => save({ title, defaultPath: name }),
    reveal: (path) => invoke('reveal', { path }),
    openLink: (url) => invoke('open_link', { url }),
  };
}

type DragPayload =
  | { type: 'enter'; paths: string[]; position: { x: number; y: number } }
  | { type: 'over'; position: { x: number; y: number } }
  | { type: 'drop'; paths: string[]; position: { x: number; y: number } }
  | { type: 'leave' };

function dragOf(payload: DragPayload): Drag | null {
  switch (payload.type) {
    case 'enter':
    case 'over':
      return { kind: 'over' };
    case 'leave':
      return { kind: 'left' };
    case 'drop': {
      if (payload.paths.length === 0) return null;
      const scale = window.devicePixelRatio;
      const { x, y } = payload.position;
      return { kind: 'dropped', paths: payload.paths, x: x / scale, y: y / scale };
    }
  }
}
