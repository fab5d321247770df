/** The prices that are reckoned with, from when they are, and the way to set what one really pays. */
import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../app/draft';
import { useHistory } from '../../app/history';
import { keyOf, useCall } from '../../app/queries';
import { useScope } from '../../app/scope';
import { useSay } from '../../app/toasts';
import type { PriceInfo } from '../../backend/bindings/calls';
import { Button } from '../../components/Button';
import { TextInput } from '../../components/Fields';
import { Badge, FailureView, Loading, Skeleton } from '../../components/States';
import { money, moneyOf, moneyTyped } from '../../lib/money';
import { useSaid } from '../../lib/said';
import { assumesText } from '../../lib/saidMoney';
import { providerTitle } from '../../lib/voices';
import css from './Costs.module.css';

export function Prices() {
  const { t, i18n } = useTranslation('costs');
  const prices = useCall('price_list', {});
  const paid = prices.data?.filter((price) => price.paid) ?? [];
  const free = prices.data?.filter((price) => !price.paid) ?? [];
  const names = new Intl.ListFormat(i18n.language).format(free.map((price) => providerTitle(price.provider)));
  if (prices.data?.length === 0) return null;
  return (
    <section className={css.card} aria-label={t('prices.title')}>
      <header className={css.head}>
        <div>
          <h2>{t('prices.title')}</h2>
          <p className={css.help}>{t('prices.help')}</p>
        </div>
      </header>
      {prices.error && <FailureView compact failure={prices.error} onRetry={() => void prices.refetch()} />}
      {!prices.data && !prices.error && (
        <Loading>
          <Skeleton height={56} radius={10} />
        </Loading>
      )}
      {paid.map((price) => (
        <PriceRow key={price.provider} price={price} />
      ))}
      {free.length > 0 && <p className={css.none}>{t('prices.free', { names, count: free.length })}</p>}
    </section>
  );
}

function PriceRow({ price }: { price: PriceInfo }) {
  const { t, i18n } = useTranslation('costs');
  const { language } = i18n;
  const scope = useScope();
  const client = useQueryClient();
  const history = useHistory();
  const say = useSay();
  const said = useSaid();
  const name = providerTitle(price.provider);
  const own = price.own ? price.microusd_per_1000 : null;

  const set = async (microusd: number | null) => {
    const next = await scope.call('price_set', { provider: price.provider, microusd_per_1000: microusd });
    client.setQueryData(keyOf('price_list', {}), next);
  };
  const change = (microusd: number | null) =>
    history.perform({
      label: t('prices.changed', { name }),
      redo: () => set(microusd),
      undo: () => set(own),
    });
  const wrong = t('limits.noMoney');
  const draft = useDraft(moneyTyped(price.microusd_per_1000, language), async (text) => {
    const value = moneyOf(text);
    if (value === undefined) throw new Error(wrong);
    // An emptied field asks for the listed price again.
    if (value !== price.microusd_per_1000) await change(value);
  });
  const error = draft.failure && (draft.failure.message === wrong ? wrong : said.line(draft.failure));
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${price.as_of}T00:00:00Z`),
  );
  const models = Object.entries(price.models).filter(([, times]) => times !== 1);

  return (
    <div className={css.price} role="group" aria-label={name}>
      <div>
        <h3>
          {name}{' '}
          {price.own ? <Badge tone="action">{t('prices.own')}</Badge> : <Badge>{t('prices.assumed')}</Badge>}
        </h3>
        <p className={css.help} title={price.source ?? undefined}>
          {price.own ? t('prices.ownText') : t('prices.listed', { day })}
          {!price.own && price.assumes && ` ${assumesText(price.assumes, t, language)}.`}
        </p>
        {models.length > 0 && (
          <p className={css.help}>
            {models
              .map(([model, times]) =>
                t('prices.model', { model, amount: money(price.microusd_per_1000 * times, language) }),
              )
              .join(' · ')}
          </p>
        )}
      </div>
      <div className={css.amount}>
        <div className={css.unit}>
          <TextInput aria-label={t('prices.field', { name })} inputMode="decimal" {...draft.field} />
          <span aria-hidden>{t('prices.unit')}</span>
        </div>
        {error && (
          <p role="alert" className={css.wrong}>
            {error}
          </p>
        )}
      </div>
      {price.own && (
        <Button icon={<RotateCcw />} onClick={() => say.failing(change(null))}>
          {t('prices.reset')}
        </Button>
      )}
    </div>
  );
}
