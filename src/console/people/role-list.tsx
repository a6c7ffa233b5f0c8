// Roles in plain words, with what each may do. Used where somebody is invited, and where they take the invitation up.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '../../domain/role.ts';

export function RoleList({ roles }: { roles: readonly Role[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <dl className="stack tight">
      {roles.map((role) => (
        <div key={role}>
          <dt>
            <strong>{t(`role.${role}`)}</strong>
          </dt>
          <dd className="quiet">{t(`role_may.${role}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
