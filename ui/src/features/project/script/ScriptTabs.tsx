/** The scripts of the project: each becomes videos of its own. */
import { Tabs } from '@base-ui/react/tabs';
import { EllipsisVertical, Pencil, Plus, Tag, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../../app/commands/commands';
import { Button, IconButton } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { Field, TextInput } from '../../../components/Fields';
import { Menu } from '../../../components/Menu';
import { useBench } from '../model/bench';
import { usePerform, useRemoval } from '../model/changes';
import { NEW } from './drafts';
import css from './ScriptColumn.module.css';

export function ScriptTabs() {
  const { t } = useTranslation(['project', 'common']);
  const { detail, script, chooseScript, store, drafts } = useBench();
  const removal = useRemoval();
  const [editing, setEditing] = useState<'name' | 'tags' | null>(null);

  const choose = (id: string) => {
    // The text that is left is stored; it stays in its draft when that fails.
    drafts.flush().catch(() => undefined);
    chooseScript(id);
  };
  useCommand({
    id: 'project.script.add',
    group: t('commands'),
    title: t('script.add'),
    key: 'Ctrl+Shift+S',
    run: () => choose(NEW),
  });

  const remove = async () => {
    if (!script) return;
    const { id, name } = script;
    await removal({
      label: t('script.removedStep'),
      text: t('script.removed', { name }),
      remove: async () => {
        await drafts.flush();
        await store.removeScript(id);
      },
      restore: () => store.restoreScript(id),
    });
  };

  return (
    <div className={css.tabs}>
      <Tabs.Root
        value={script?.id ?? NEW}
        onValueChange={(value: string) => choose(value)}
        style={{ display: 'contents' }}
      >
        <Tabs.List aria-label={t('script.list')} className={css.list}>
          {detail.scripts.map((one) => (
            <Tabs.Tab key={one.id} value={one.id} className={css.tab} title={one.name}>
              {one.name}
            </Tabs.Tab>
          ))}
          {!script && (
            <Tabs.Tab value={NEW} className={css.tab}>
              {t('script.new')}
            </Tabs.Tab>
          )}
        </Tabs.List>
      </Tabs.Root>
      <span className={css.spring} />
      {script && (
        <>
          <IconButton label={t('script.add')} onClick={() => choose(NEW)}>
            <Plus />
          </IconButton>
          <Menu
            trigger={
              <IconButton label={t('script.more')}>
                <EllipsisVertical />
              </IconButton>
            }
            entries={[
              { id: 'rename', label: t('script.rename'), icon: <Pencil />, run: () => setEditing('name') },
              { id: 'tags', label: t('script.tags'), icon: <Tag />, run: () => setEditing('tags') },
              null,
              {
                id: 'remove',
                label: t('script.remove'),
                icon: <Trash2 />,
                danger: true,
                run: () => void remove(),
              },
            ]}
          />
        </>
      )}
      {script && editing && (
        <ScriptDialog
          key={`${script.id}-${editing}`}
          what={editing}
          value={editing === 'name' ? script.name : script.tags.join(', ')}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

/** A name, or tags with commas between them. */
function ScriptDialog(props: { what: 'name' | 'tags'; value: string; onClose: () => void }) {
  const { t } = useTranslation(['project', 'common']);
  const { script, store } = useBench();
  const perform = usePerform();
  const [value, setValue] = useState(props.value);
  if (!script) return null;
  const { id, name, tags } = script;

  const keep = () => {
    if (props.what === 'name') {
      const next = value.trim();
      if (next !== '' && next !== name) {
        perform(
          t('script.renamed'),
          () => store.renameScript(id, next),
          () => store.renameScript(id, name),
        );
      }
    } else {
      const next = [...new Set(value.split(/[,\n]/).map((tag) => tag.trim().toLowerCase()))].filter(Boolean);
      perform(
        t('script.tagged'),
        () => store.tagScript(id, next),
        () => store.tagScript(id, tags),
      );
    }
    props.onClose();
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.what === 'name' ? t('script.rename') : t('script.tags')}
      width={420}
      footer={
        <>
          <Button tone="plain" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button tone="primary" form="script-form" type="submit">
            {t('script.store')}
          </Button>
        </>
      }
    >
      <form
        id="script-form"
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        {props.what === 'name' ? (
          <Field label={t('script.nameField')}>
            {(field) => (
              <TextInput
                id={field}
                value={value}
                maxLength={300}
                autoFocus
                onChange={(e) => setValue(e.target.value)}
              />
            )}
          </Field>
        ) : (
          <Field label={t('script.tagsField')} help={t('script.tagsHelp')}>
            {(field) => (
              <TextInput id={field} value={value} autoFocus onChange={(e) => setValue(e.target.value)} />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
