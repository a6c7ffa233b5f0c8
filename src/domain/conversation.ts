// Who may speak in a conversation, and the conversation's own facts. Used by desk, runtime and store.

/** Who owns a conversation; see src/desk for the transitions. */
export type Owner = 'flow' | 'queue' | 'staff' | 'closed' | 'stopped';

/** What kind of line an outbound message is. `flow` is cancelled by a change of owner; `system` and `staff` are not. */
export type LineKind = 'flow' | 'system' | 'staff';

/** How long messages are kept: 'standard' by the retention setting, 'session' only while the session lives. */
export type Keeping = 'standard' | 'session';

/** Retention classes; each contact has one data key per class. `staff`: of somebody who works here, kept as long as their account. */
export type RetentionClass = 'contact' | 'messages' | 'case' | 'complaint' | 'farewell' | 'media' | 'staff';

export type Priority = 'emergency' | 'urgent' | 'normal';
