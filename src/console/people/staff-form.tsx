// One person of the staff: inviting somebody, or changing what they may do, speak and take. Used by the people page, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { CallOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import type { StaffView } from '../../api/staff-operations.ts';
import { ROLES } from '../../domain/role.ts';
import { useAct, useRead } from '../api.ts';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { useToasts } from '../ui/toast.tsx';
import { LanguagesField } from './languages-field.tsx';

type Fields = CallOf<Operations['inviteStaff']>['body'];

export interface StaffFormProps {
  /** Null for somebody new. */
  staff: StaffView | null;
  onInvited: (alias: string, url: string) => void;
  onDone: () => void;
}

export function StaffForm({ staff, onInvited, onDone }: StaffFormProps): ReactNode {
  const { t } = useTranslation();
  const { tell } = useToasts();
  const me = useMe();
  const [fields, setFields] = useState<Fields>(() => startWith(staff, me.organisationId));
  const set = (change: Partial<Fields>): void => setFields((current) => ({ ...current, ...change }));
  const [wrong, setWrong] = useState(false);
  const invite = useAct('inviteStaff', { changes: ['listStaff'] });
  const change = useAct('changeStaff', { changes: ['listStaff'] });
  const save = (): void => {
    setWrong(fields.roles.length === 0);
    if (fields.roles.length === 0) return;
    if (staff === null) invite.mutate([{ body: fields }], { onSuccess: ({ url }) => onInvited(fields.alias, url) });
    else
      change.mutate([{ params: { id: staff.id }, body: fields }], {
        onSuccess() {
          tell(t('ui.saved'));
          onDone();
        },
      });
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ErrorNotice error={invite.error ?? change.error} />
      <TextField
        label={t('invitation.alias')}
        hint={t('invitation.alias_hint')}
        isRequired
        maxLength={40}
        value={fields.alias}
        onChange={(alias) => set({ alias })}
      />
      <Choices
        label={t('people.roles')}
        wrong={wrong ? t('people.roles_missing') : null}
        value={fields.roles}
        options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`), explained: t(`role_may.${role}`) }))}
        onChange={(roles) => set({ roles })}
      />
      <LanguagesField
        label={t('people.languages')}
        hint={t('people.languages_hint')}
        value={fields.languages}
        onChange={(languages) => set({ languages })}
      />
      <Place fields={fields} set={set} />
      <Work fields={fields} set={set} />
      <div className="actions row">
        <Button type="submit" tone="primary" isPending={invite.isPending || change.isPending}>
          {staff === null ? t('people.make_link') : t('ui.save')}
        </Button>
        <Button onPress={onDone}>{t('ui.cancel')}</Button>
      </div>
    </Form>
  );
}

interface PartProps {
  fields: Fields;
  set: (change: Partial<Fields>) => void;
}

/** Where somebody works. */
function Place({ fields, set }: PartProps): ReactNode {
  const { t } = useTranslation();
  const read = useRead('listDesks', []);
  const desks = (read.data?.desks ?? []).filter(({ organisationId }) => organisationId === fields.organisationId);
  return (
    <>
      <Select
        label={t('people.organisation')}
        value={fields.organisationId}
        options={(read.data?.organisations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(organisationId) => set({ organisationId, deskIds: [] })}
      />
      {desks.length > 0 && (
        <Choices
          label={t('people.desks')}
          hint={t('people.desks_hint')}
          value={fields.deskIds}
          options={desks.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(deskIds) => set({ deskIds })}
        />
      )}
    </>
  );
}

/** What comes to somebody, and how much of it. */
function Work({ fields, set }: PartProps): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="form">
      <div className="two">
        <TextField
          label={t('people.capacity')}
          hint={t('people.capacity_hint')}
          type="number"
          inputMode="numeric"
          ltr
          value={String(fields.capacity)}
          onChange={(value) => set({ capacity: Math.min(50, Math.max(1, Math.round(Number(value)) || 1)) })}
        />
        <Select
          label={t('people.gender')}
          hint={t('people.gender_hint')}
          value={fields.gender ?? ''}
          options={[
            { value: '', label: t('people.gender_none') },
            { value: 'woman', label: t('people.woman') },
            { value: 'man', label: t('people.man') },
          ]}
          onChange={(gender) => set({ gender: gender === '' ? null : gender })}
        />
      </div>
      <TextField
        label={t('people.slack')}
        hint={t('people.slack_hint')}
        ltr
        pattern="[UW][A-Z0-9]{2,20}"
        value={fields.slackUser ?? ''}
        onChange={(value) => set({ slackUser: value.trim() === '' ? null : value.trim() })}
      />
    </div>
  );
}

function startWith(staff: StaffView | null, organisationId: string): Fields {
  if (staff === null)
    return { alias: '', organisationId, deskIds: [], roles: [], languages: [], topics: [], gender: null, capacity: 5, slackUser: null };
  const { alias, deskIds, roles, languages, topics, gender, capacity, slackUser } = staff;
  return { alias, organisationId: staff.organisationId, deskIds, roles, languages, topics, gender, capacity, slackUser };
}
