import { useTranslation } from 'react-i18next';
import { TimelineView } from '../../preview/TimelineView';
import { useBench } from './model/bench';
import css from './Workbench.module.css';

/** The timeline of the variant that is shown; the chosen shot is the same one as in the script. */
export function Time() {
  const { t } = useTranslation('project');
  const { player, place, choose } = useBench();
  return (
    <div className={css.time}>
      {player ? (
        <TimelineView player={player} selected={place?.index ?? null} onSelect={choose} />
      ) : (
        <p className={css.noTime}>{t('empty.time')}</p>
      )}
    </div>
  );
}
