import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../app/draft';
import type { QuotaLine } from '../../backend/bindings/calls';
import { TextInput } from '../../components/Fields';
import { Meter } from '../../components/Meter';
import { Badge } from '../../components/States';
import { number } from '../../lib/format';
import { countOf, money, moneyOf, moneyTyped, percent } from '../../lib/money';
import { useSaid } from '../../lib/said';
import { counted, shareOf } from '../../lib/saidMoney';
import { providerTitle } from '../../lib/voices';
import css from './Costs.module.css';
import { useLimits } from './limits';

/** One limit: what it is, how much of it is gone, and the two fields to change it. */
export function LimitRow({ line, warnAt }: { line: QuotaLine; warnAt: number }) {
  const { t, i18n } = useTranslation('costs');
  const limits = useLimits();
  const { language } = i18n;
  const name = line.provider === null ? t('all') : providerTitle(line.provider);
  const share = shareOf(line);
  const gone = share ? share.used + share.held : null;
  const held = line.reserved_characters > 0 || line.reserved_microusd > 0;

  const amount = useAmount({
    stored: moneyTyped(line.limit_microusd, language),
    parse: moneyOf,
    wrong: t('limits.noMoney'),
    save: (microusd) => limits.change(t('limits.changed', { name }), line, { microusd }),
  });
  const letters = useAmount({
    stored: line.limit_characters === null ? '' : number(line.limit_characters, language),
    parse: countOf,
    wrong: t('limits.noNumber'),
    save: (characters) => limits.change(t('limits.changed', { name }), line, { characters }),
  });
  const spent = [
    line.limit_microusd === null
      ? money(line.used_microusd, language)
      : t('limits.ofMoney', {
          used: money(line.used_microusd, language),
          limit: money(line.limit_microusd, language),
        }),
    line.limit_characters === null
      ? t('characters', counted(line.used_characters, language))
      : t('limits.ofCharacters', {
          used: number(line.used_characters, language),
          ...counted(line.limit_characters, language),
        }),
  ];
  const own = [
    line.share_microusd === null ? null : money(line.share_microusd, language),
    line.share_characters === null ? null : t('characters', counted(line.share_characters, language)),
  ].filter((part) => part !== null);
  if (own.length > 0) spent.push(t('limits.ownShare', { amount: own.join(', ') }));
  if (held) spent.push(t('limits.held', { amount: money(line.reserved_microusd, language) }));

  return (
    <div className={css.limit} role="group" aria-label={name}>
      <div className={css.limitHead}>
        <h3>{name}</h3>
        {gone !== null && line.blocked === null && line.warning && (
          <Badge tone="warn">{t('limits.near', { share: percent(gone, language) })}</Badge>
        )}
        {line.blocked !== null && <Badge tone="bad">{t('limits.stopped')}</Badge>}
        {share === null && <Badge>{t('limits.none')}</Badge>}
      </div>
      <div className={css.fields}>
        <Amount label={t('limits.money', { name })} unit="USD" draft={amount} />
        <Amount label={t('limits.letters', { name })} unit={t('limits.unit')} draft={letters} />
      </div>
      <div className={css.gone}>
        <Meter
          label={t('limits.meter', { name })}
          says={gone === null ? t('limits.none') : t('limits.gone', { share: percent(gone, language) })}
          used={share?.used ?? null}
          held={share?.held ?? 0}
          mark={warnAt}
        />
        <p className={css.spent}>{spent.join(' · ')}</p>
      </div>
    </div>
  );
}

/** Text of a field that is a number, or nothing. What is neither stays in the field and says so. */
function useAmount(props: {
  stored: string;
  parse: (text: string) => number | null | undefined;
  wrong: string;
  save: (value: number | null) => Promise<unknown>;
}) {
  const said = useSaid();
  const draft = useDraft(props.stored, async (text) => {
    const value = props.parse(text);
    if (value === undefined) throw new NotANumber(props.wrong);
    // The same amount written otherwise changes nothing.
    if (value !== props.parse(props.stored)) await props.save(value);
  });
  const { failure } = draft;
  const error = failure && (failure.message === props.wrong ? props.wrong : said.line(failure));
  return { field: draft.field, error };
}

/** What was typed is no number; its message is in the language of the window already. */
class NotANumber extends Error {}

function Amount(props: { label: string; unit: string; draft: ReturnType<typeof useAmount> }) {
  const { t } = useTranslation('costs');
  const id = useId();
  const { field, error } = props.draft;
  return (
    <div className={css.amount}>
      <div className={css.unit}>
        <TextInput
          aria-label={props.label}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          inputMode="decimal"
          placeholder={t('limits.placeholder')}
          {...field}
        />
        <span aria-hidden>{props.unit}</span>
      </div>
      {error && (
        <p id={id} role="alert" className={css.wrong}>
          {error}
        </p>
      )}
    </div>
  );
}
