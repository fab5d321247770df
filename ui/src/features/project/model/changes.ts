/** The changes of a project that can be taken back: its look, its shots, its captions, its scripts. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Arguments, type CallName, type Reply, asFailure } from '../../../backend/backend';
import type {
  FileRef,
  Framing,
  Look,
  Pin,
  ProjectDetail,
  StoredScript,
} from '../../../backend/bindings/calls';
import { useHistory } from '../../../app/history';
import { keyOf } from '../../../app/queries';
import { type Scope, useScope } from '../../../app/scope';
import { useToasts } from '../../../app/toasts';
import type { CaptionEdit } from './captionEdits';
import { samePlace } from './lines';

/** What is shown of a call, changed at once; the profile's event reads it again. */
async function show<K extends CallName>(
  client: QueryClient,
  name: K,
  args: Arguments<K>,
  change: (shown: Reply<K>) => Reply<K>,
): Promise<void> {
  const key = keyOf(name, args);
  // A reply that was asked for before the change must not put the old state back on the screen.
  await client.cancelQueries({ queryKey: key });
  client.setQueryData<Reply<K>>(key, (shown) => (shown === undefined ? undefined : change(shown)));
}

/** Stores changes of one project and shows them at once. */
export class ProjectStore {
  constructor(
    readonly scope: Scope,
    readonly client: QueryClient,
    readonly project: string,
  ) {}

  get detail(): ProjectDetail | undefined {
    return this.client.getQueryData<ProjectDetail>(keyOf('project_show', { id: this.project }));
  }

  #show(change: (detail: ProjectDetail) => ProjectDetail): Promise<void> {
    return show(this.client, 'project_show', { id: this.project }, change);
  }

  #showScript(script: StoredScript): Promise<void> {
    return this.#show((detail) => ({
      ...detail,
      scripts: detail.scripts.map((one) => (one.id === script.id ? script : one)),
    }));
  }

  /** Changes some of the look; the rest stays as it is by then. */
  async look(patch: Partial<Look>): Promise<void> {
    const detail = this.detail;
    if (!detail) return;
    const look = { ...detail.project.look, ...patch };
    const { name } = detail.project;
    await this.#show((shown) => ({ ...shown, project: { ...shown.project, look } }));
    try {
      await this.scope.call('project_update', { id: this.project, name, look });
    } catch (thrown) {
      await this.#show((shown) => ({ ...shown, project: { ...shown.project, look: detail.project.look } }));
      throw thrown;
    }
  }

  async rename(name: string): Promise<void> {
    const detail = this.detail;
    if (!detail) return;
    const project = await this.scope.call('project_update', {
      id: this.project,
      name,
      look: detail.project.look,
    });
    await this.#show((shown) => ({ ...shown, project }));
  }

  async sources(sources: string[]): Promise<void> {
    const detail = await this.scope.call('project_sources', { id: this.project, sources });
    await this.#show(() => detail);
  }

  async pins(script: string, changes: readonly { pin: Pin; on: boolean }[]): Promise<void> {
    for (const { pin, on } of changes) {
      const pins = await this.scope.call(on ? 'pin_set' : 'pin_remove', { script, pin });
      await this.#show((shown) => ({ ...shown, pins: { ...shown.pins, [script]: pins } }));
    }
  }

  async captions(script: string, edits: CaptionEdit[]): Promise<void> {
    const stored = await this.scope.call('caption_edits_set', { script, edits });
    await show(this.client, 'caption_edits_show', { script }, () => stored);
  }

  async text(script: string, text: string, language: string | null): Promise<void> {
    await this.#showScript(await this.scope.call('script_set', { id: script, text, language }));
  }

  async addScript(name: string, text: string): Promise<StoredScript> {
    const script = await this.scope.call('script_add', { project: this.project, script: { name, text } });
    await this.#show((shown) => ({ ...shown, scripts: [...shown.scripts, script] }));
    return script;
  }

  async renameScript(script: string, name: string): Promise<void> {
    await this.#showScript(await this.scope.call('script_rename', { id: script, name }));
  }

  async tagScript(script: string, tags: string[]): Promise<void> {
    await this.#showScript(await this.scope.call('script_tags', { id: script, tags }));
  }

  async removeScript(script: string): Promise<void> {
    await this.scope.call('script_remove', { id: script });
    await this.#show((shown) => ({ ...shown, scripts: shown.scripts.filter((one) => one.id !== script) }));
  }

  async restoreScript(script: string): Promise<void> {
    await this.scope.call('script_restore', { id: script });
    await this.client.invalidateQueries({ queryKey: keyOf('project_show', { id: this.project }) });
  }

  async recording(script: string, recording: FileRef | null): Promise<void> {
    await this.#showScript(await this.scope.call('script_recording', { id: script, recording }));
  }

  async framing(shot: string, framing: Framing | null): Promise<void> {
    await this.scope.call('shot_framing', { shot, framing });
    await this.client.invalidateQueries({ predicate: (query) => query.queryKey[0] === 'source_show' });
  }
}

/** The store of this project. */
export function useProjectStore(project: string): ProjectStore {
  const scope = useScope();
  const client = useQueryClient();
  return useMemo(() => new ProjectStore(scope, client, project), [scope, client, project]);
}

/** Does a change with a way back; what goes wrong is said in a message. */
export function usePerform(): (
  label: string,
  redo: () => Promise<unknown>,
  undo: () => Promise<unknown>,
) => void {
  const history = useHistory();
  const toasts = useToasts();
  return (label, redo, undo) => {
    history.perform({ label, redo, undo }).catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    });
  };
}

/** Takes something away, with its way back in a message. */
export function useRemoval(): (options: {
  label: string;
  text: string;
  remove: () => Promise<unknown>;
  restore: () => Promise<unknown>;
}) => Promise<void> {
  const { t } = useTranslation();
  const history = useHistory();
  const toasts = useToasts();
  return async ({ label, text, remove, restore }) => {
    try {
      const step = { label, redo: remove, undo: restore };
      await history.perform(step);
      toasts.show({
        tone: 'plain',
        text,
        action: { label: t('undo'), run: () => void history.takeBack(step) },
      });
    } catch (thrown) {
      const failure = asFailure(thrown);
      toasts.show({ tone: 'bad', text: failure.message, failure });
    }
  };
}

/** The changes that put the pins of these places back to what they are now. */
export function wayBack(now: readonly Pin[], touched: readonly Pin[]): { pin: Pin; on: boolean }[] {
  return touched.map((pin) => {
    const before = now.find((one) => samePlace(one, pin));
    return before ? { pin: before, on: true } : { pin, on: false };
  });
}
