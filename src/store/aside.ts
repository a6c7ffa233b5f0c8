// Messages that belong to a complaint and not to a case: whoever has the case of a person must not learn there that they have
// complained, or what they were told. What shows cases leaves out what messages.aside marks; what is sent is known by its id as well,
// which its line in the outbox has too.

const ASIDE = 'aside:';

/** The id of a message that no case shows. */
export const toAside = (id: string): string => `${ASIDE}${id}`;

/** Whether no case shows it. */
export const isAside = (id: string): boolean => id.startsWith(ASIDE);
