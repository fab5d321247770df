import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/Button';
import { number } from '../../../lib/format';
import css from './Sheet.module.css';

/** The text of a post. Written over, it stays as it is written; otherwise it follows the template. */
export function CaptionField(props: {
  label: string;
  text: string;
  /** It was written by hand. */
  byHand: boolean;
  /** `null`: back to the template. */
  onChange: (text: string | null) => void;
}) {
  const { t, i18n } = useTranslation('publish');
  const id = useId();
  const count = [...props.text].length;
  const tags = props.text.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
  return (
    <div className={css.captionField}>
      <div className={css.captionHead}>
        <label htmlFor={id} className={css.label}>
          {props.label}
        </label>
        <span className={css.muted}>
          {t('letters', { count, shown: number(count, i18n.language) })} · {t('tags', { count: tags })}
        </span>
      </div>
      <textarea
        id={id}
        className={css.textarea}
        dir="auto"
        rows={3}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.byHand && (
        <Button tone="plain" onClick={() => props.onChange(null)}>
          {t('backToTemplate')}
        </Button>
      )}
    </div>
  );
}
