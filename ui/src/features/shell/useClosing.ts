import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../app/scope';
import { useToasts } from '../../app/toasts';
import { useSaid } from '../../lib/said';
import { useWindow } from '../../app/window';
import { asFailure } from '../../backend/backend';
import { listening } from '../../lib/listening';

/** Before the window closes, what is unsaved is stored; what cannot be stored keeps it open until the person decides. */
export function useClosing(): void {
  const { t } = useTranslation('shell');
  const said = useSaid();
  const scope = useScope();
  const toasts = useToasts();
  const { deletions } = useWindow();
  const anyway = useRef(false);

  const before = useEffectEvent(async (): Promise<boolean> => {
    try {
      await scope.settle();
    } catch (thrown) {
      if (anyway.current) return true;
      const failure = asFailure(thrown);
      const close = () => {
        anyway.current = true;
        void scope.backend.close();
      };
      toasts.show({
        tone: 'bad',
        text: t('unsaved', { why: said.lead(failure) }),
        failure,
        action: { label: t('closeAnyway'), run: close },
      });
      return false;
    }
    await deletions.settle();
    return true;
  });

  useEffect(
    () =>
      listening(
        () => scope.backend.onClose(() => before()),
        (thrown) => {
          const failure = asFailure(thrown);
          toasts.show({ tone: 'bad', text: failure.message, failure });
        },
      ),
    [scope, toasts],
  );
}
