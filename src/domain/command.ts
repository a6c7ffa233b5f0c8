// The words that work at every step, in every language.

/** Global commands. A command matches only as the whole normalised message. */
export const COMMANDS = [
  'stop',
  'start',
  'help',
  'person',
  'complaint',
  'status',
  'delete',
  'withdraw',
  'language',
  'menu',
  'back',
  'repeat',
] as const;
export type Command = (typeof COMMANDS)[number];

/** Kinds of danger that emergency and protected words tell of. All get E1 first; the kind picks the lane afterwards. */
export const EMERGENCY_KINDS = ['danger', 'violence', 'self_harm', 'trafficking', 'child', 'medical'] as const;
export type EmergencyKind = (typeof EMERGENCY_KINDS)[number];
