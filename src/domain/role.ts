// Roles of staff and what each may do: the one table that server and console share. Used by http/, runtime/desk and console/.
// Which cases, referrals and complaints a permission reaches is a matter of the query (own desk, own organisation), not of this table.

/** Roles that an administrator gives. A person may hold several. */
export const ROLES = [
  'administrator',
  'editor',
  'translator',
  'reviewer',
  'community_reviewer',
  'caseworker',
  'duty_officer',
  'private_caseworker',
  'sensitive_feedback_officer',
  'interpreter',
  'partner',
  'analyst',
] as const;

export type Role = (typeof ROLES)[number];

/** Everything that staff may be allowed. `area.verb`. */
export const STAFF_PERMISSIONS = [
  /** See and read cases of the own desk that are not private. */
  'case.read',
  /** Read private cases; every read is audited. */
  'case.read_private',
  /** Claim, answer, note, transfer, close. */
  'case.act',
  /** Give cases to others, take them back, change priority. */
  'case.assign',
  /** Read and write in one conversation while invited. */
  'case.interpret',
  /** See the number that a person writes from; every look is audited. */
  'contact.see_number',
  'referral.read',
  'referral.write',
  /** Accept, decline and report on referrals to the own organisation. */
  'referral.answer',
  /** Complaints that are not about staff. */
  'complaint.handle',
  /** Complaints about staff and misconduct, never those of people whose cases one has had. */
  'complaint.handle_sensitive',
  /** See who works here, their languages and shifts. */
  'staff.read',
  'staff.manage',
  'shift.manage',
  'settings.manage',
  'token.manage',
  'audit.read',
  'report.read',
  'content.edit',
  'content.translate',
  'content.review',
  /** Read questions that found no answer; every look is audited. */
  'question.read',
  /** Propose changes to the places of the own organisation. */
  'place.propose',
] as const;

export type StaffPermission = (typeof STAFF_PERMISSIONS)[number];

const CASEWORK: readonly StaffPermission[] = [
  'case.read',
  'case.act',
  'contact.see_number',
  'referral.read',
  'referral.write',
  'complaint.handle',
  'staff.read',
];

const ROLE_PERMISSIONS: Readonly<Record<Role, readonly StaffPermission[]>> = {
  administrator: [
    'staff.read',
    'staff.manage',
    'shift.manage',
    'settings.manage',
    'token.manage',
    'audit.read',
    'content.edit',
    'content.translate',
    'content.review',
  ],
  editor: ['content.edit', 'content.translate', 'question.read'],
  translator: ['content.translate'],
  reviewer: ['content.review'],
  community_reviewer: ['content.review'],
  caseworker: CASEWORK,
  duty_officer: [...CASEWORK, 'case.assign', 'shift.manage'],
  private_caseworker: [...CASEWORK, 'case.read_private'],
  sensitive_feedback_officer: ['complaint.handle', 'complaint.handle_sensitive', 'staff.read'],
  interpreter: ['case.interpret'],
  partner: ['referral.read', 'referral.answer', 'place.propose'],
  analyst: ['report.read'],
};

/** What somebody with these roles may do. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<StaffPermission> {
  return new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
}

/** Whether somebody with these roles may do it. */
export function permits(roles: readonly Role[], permission: StaffPermission): boolean {
  return roles.some((role) => ROLE_PERMISSIONS[role].includes(permission));
}
