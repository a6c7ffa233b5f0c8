// Drafts a referral, or changes one: to whom, for what, and which items are told, each with what it says. Used by case-referrals.tsx
// and referral-actions.tsx.
// What is private may tell a code, the language and a safe contact alone; the server holds that, the form shows it.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { CallOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import { SERVICES, type ReferralView } from '../../api/referral-operations.ts';
import { DISCLOSABLE, DISCLOSABLE_PRIVATELY, type DisclosedItem } from '../../domain/disclosable.ts';
import { useAct, useRead } from '../api.ts';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/pieces.tsx';

type Fields = CallOf<Operations['draftReferral']>['body'];
const CHANGES: ('readReferral' | 'listReferrals')[] = ['readReferral', 'listReferrals'];
/** What the store may know already. */
const FILLED_IN: readonly DisclosedItem[] = ['contact', 'language', 'topic', 'locality'];

export interface ReferralFormProps {
  caseId: string;
  isPrivate: boolean;
  /** What the store knows of the case: those items need no words. */
  known: readonly DisclosedItem[];
  /** Null for a new one. */
  referral: ReferralView | null;
  onDone: (id: string) => void;
}

export function ReferralForm({ caseId, isPrivate, known, referral, onDone }: ReferralFormProps): ReactNode {
  const { t } = useTranslation('referrals');
  const [fields, setFields] = useState<Fields>(() => startWith(referral));
  const [wrong, setWrong] = useState(false);
  const set = (change: Partial<Fields>): void => setFields((current) => ({ ...current, ...change }));
  const draft = useAct('draftReferral', { changes: CHANGES, onSuccess: ({ id }) => onDone(id) });
  const change = useAct('changeReferral', { changes: CHANGES, onSuccess: ({ id }) => onDone(id) });
  const isComplete = fields.toOrganisationId !== '' && fields.services.length > 0 && fields.items.length > 0;
  const save = (): void => {
    setWrong(!isComplete);
    if (!isComplete) return;
    if (referral === null) draft.mutate([{ params: { id: caseId }, body: fields }]);
    else change.mutate([{ params: { id: referral.id }, body: fields }]);
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ErrorNotice error={draft.error ?? change.error} />
      {wrong && !isComplete && <Notice tone="bad" title={t('referral.form.incomplete')} />}
      <Receiver fields={fields} set={set} />
      <Choices
        label={t('referral.services')}
        value={fields.services}
        options={SERVICES.map((value) => ({ value, label: t(`referral.service.${value}`) }))}
        onChange={(services) => set({ services })}
      />
      <Items fields={fields} set={set} isPrivate={isPrivate} known={known} />
      <TextField
        label={t('referral.reason')}
        hint={t('referral.form.reason_hint')}
        rows={2}
        maxLength={500}
        value={fields.reason ?? ''}
        onChange={(reason) => set({ reason: reason.trim() === '' ? null : reason })}
      />
      <div className="actions row">
        <Button type="submit" tone="primary" isPending={draft.isPending || change.isPending}>
          {t('referral.form.save')}
        </Button>
      </div>
    </Form>
  );
}

interface PartProps {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
}

function Receiver({ fields, set }: PartProps): ReactNode {
  const { t } = useTranslation('referrals');
  const me = useMe();
  const desks = useRead('listDesks', []);
  const partners = (desks.data?.organisations ?? []).filter(({ id, active }) => active && id !== me.organisationId);
  return (
    <>
      {desks.data && partners.length === 0 && <Notice tone="warn" title={t('referral.form.no_partner')} />}
      <Select
        label={t('referral.to')}
        value={fields.toOrganisationId}
        options={[{ value: '', label: t('referral.form.choose') }, ...partners.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(toOrganisationId) => set({ toOrganisationId })}
      />
      <TextField
        label={t('referral.form.service')}
        hint={t('referral.form.service_hint')}
        maxLength={120}
        value={fields.service ?? ''}
        onChange={(service) => set({ service: service.trim() === '' ? null : service })}
      />
      <Select
        label={t('referral.priority_label')}
        value={fields.priority}
        options={(['normal', 'urgent', 'emergency'] as const).map((value) => ({ value, label: t(`referral.priority_long.${value}`) }))}
        onChange={(priority) => set({ priority })}
      />
    </>
  );
}

/** Item by item: what would be told, and the words for what only staff know. */
function Items({ fields, set, isPrivate, known }: PartProps & { isPrivate: boolean; known: readonly DisclosedItem[] }): ReactNode {
  const { t } = useTranslation('referrals');
  const items = isPrivate ? DISCLOSABLE_PRIVATELY : DISCLOSABLE;
  const isFilledIn = (item: DisclosedItem): boolean =>
    (isPrivate && item === 'alias') || (FILLED_IN.includes(item) && known.includes(item));
  const values = fields.values ?? {};
  return (
    <>
      {isPrivate && <Notice tone="warn" title={t('referral.form.private')} />}
      <Choices
        label={t('referral.form.items')}
        hint={t('referral.form.items_hint')}
        value={fields.items}
        options={items.map((value) => ({
          value,
          label: t(`referral.item.${value}`),
          explained: isFilledIn(value) ? t(`referral.tells.${value}`) : `${t(`referral.tells.${value}`)} ${t('referral.form.you_write')}`,
        }))}
        onChange={(chosen) => set({ items: chosen })}
      />
      {fields.items
        .filter((item) => !isFilledIn(item))
        .map((item) => (
          <TextField
            key={item}
            label={t(`referral.item.${item}`)}
            isRequired={item !== 'alias'}
            maxLength={500}
            {...(item === 'summary' ? { rows: 3 } : {})}
            value={values[item] ?? ''}
            onChange={(value) => set({ values: { ...values, [item]: value } })}
          />
        ))}
    </>
  );
}

function startWith(referral: ReferralView | null): Fields {
  if (referral === null)
    return {
      toOrganisationId: '',
      service: null,
      priority: 'normal',
      services: [],
      items: ['alias', 'language'],
      values: {},
      reason: null,
    };
  const { to, priority, services, items, reason } = referral;
  // The server knows how to reach the person, and fills it in anew.
  const { contact: _, ...values } = referral.values;
  return { toOrganisationId: to.organisationId, service: to.service, priority, services, items, values, reason };
}
