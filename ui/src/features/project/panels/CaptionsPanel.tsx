/** Captions: whether, in which style, and what they say. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from '../../../components/Fields';
import { CueEditor } from './CueEditor';
import css from './Panels.module.css';
import { StyleGallery } from './StyleGallery';
import { useLook } from './useLook';

export function CaptionsPanel() {
  const { t } = useTranslation('captions');
  const [look, changeLook] = useLook();
  const id = useId();
  return (
    <>
      <div className={css.row}>
        <label htmlFor={id}>{t('on')}</label>
        <Switch
          id={id}
          checked={look.captions}
          onChange={(captions) => changeLook(captions ? t('turnedOn') : t('turnedOff'), { captions })}
        />
      </div>
      {look.captions ? (
        <>
          <StyleGallery />
          <CueEditor />
        </>
      ) : (
        <p className={css.help}>{t('offHelp')}</p>
      )}
    </>
  );
}
