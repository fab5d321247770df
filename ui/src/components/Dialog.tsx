import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './Button';
import css from './Dialog.module.css';

/** A panel over the window. Esc closes it and the focus goes back to where it was. */
export function Dialog(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  /** The title is read aloud but not shown. */
  bare?: boolean;
  width?: number;
  /** Arrow keys, Home and End are heard by the page's commands: in a preview that steps through what is behind it. */
  arrowsPass?: boolean;
  /** `full` takes the height of the window, and the width of what is inside when none is said. */
  size?: 'full';
  children: ReactNode;
  footer?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Base.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Base.Portal>
        <Base.Backdrop className={css.veil} />
        <Base.Popup
          className={css.dialog}
          data-size={props.size}
          // By itself the panel keeps these keys from everything outside of it.
          onKeyDown={(event) => props.arrowsPass && event.preventBaseUIHandler()}
          style={props.size === 'full' && !props.width ? undefined : { width: props.width ?? 480 }}
        >
          {props.bare ? (
            <Base.Title className="visually-hidden">{props.title}</Base.Title>
          ) : (
            <header className={css.head}>
              <Base.Title className={css.title} dir="auto">
                {props.title}
              </Base.Title>
            </header>
          )}
          <div className={props.bare ? css.bare : css.body}>{props.children}</div>
          {props.footer && <footer className={css.foot}>{props.footer}</footer>}
          {/* Last, so that the focus begins with what the panel is about. */}
          {!props.bare && (
            <div className={css.close}>
              <IconButton label={t('close')} onClick={props.onClose}>
                <X />
              </IconButton>
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
