import { AppWindow, ArchiveRestore, Check, Ellipsis, FolderX, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands/commands';
import { useScope } from '../../app/scope';
import type { ProfileInfo } from '../../backend/backend';
import { Avatar } from '../../components/Avatar';
import { IconButton } from '../../components/Button';
import { Kbd } from '../../components/Kbd';
import { Menu } from '../../components/Menu';
import css from './ProfileList.module.css';

/** One profile of the list. */
export function ProfileRow(props: {
  profile: ProfileInfo;
  /** Its place among all, for its key. */
  number: number;
  /** This window shows it. */
  here: boolean;
  /** There is no other. */
  only: boolean;
  onChoose: () => void;
  onEdit: () => void;
  onBackups: () => void;
  onDelete: () => void;
}) {
  const { t } = useTranslation('shell');
  const { backend } = useScope();
  const { list, keyOf } = useCommands();
  const { profile } = props;
  const command = list.find((one) => one.id === `profile.${props.number}`);
  const key = command && keyOf(command);

  return (
    <li className={css.row} data-here={props.here}>
      <button
        type="button"
        data-row
        className={css.choose}
        aria-current={props.here || undefined}
        onClick={props.onChoose}
        title={profile.name}
      >
        <Avatar name={profile.name} colour={profile.colour} size={24} />
        <span className={css.text}>
          <span className={css.name} dir="auto">
            {profile.name}
          </span>
          {profile.missing && (
            <span className={css.missing}>
              <FolderX aria-hidden />
              {t('missing')}
            </span>
          )}
        </span>
        {props.here ? <Check aria-hidden className={css.check} /> : key && <Kbd>{key}</Kbd>}
      </button>
      <Menu
        trigger={
          <IconButton label={t('moreOf', { name: profile.name })} className={css.more}>
            <Ellipsis />
          </IconButton>
        }
        entries={[
          { id: 'edit', label: t('renameColour'), icon: <Pencil />, run: props.onEdit },
          {
            id: 'window',
            label: t('openWindow'),
            icon: <AppWindow />,
            disabled: profile.missing,
            run: () => void backend.openWindow(profile.id),
          },
          { id: 'backups', label: t('backups'), icon: <ArchiveRestore />, run: props.onBackups },
          null,
          {
            id: 'delete',
            label: props.only ? t('deleteOnly') : t('delete'),
            icon: <Trash2 />,
            danger: true,
            disabled: props.only,
            run: props.onDelete,
          },
        ]}
      />
    </li>
  );
}
