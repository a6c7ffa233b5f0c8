// Messages that belong to a complaint and not to a case: whoever has the case of a person must not learn there that they have
// complained, or what they were told. Such a message is known by its id; what shows cases leaves it out.

const ASIDE = 'aside:';

/** The id of a message that no case shows. */
export const toAside = (id: string): string => `${ASIDE}${id}`;

/** Whether no case shows it. */
export const isAside = (id: string): boolean => id.startsWith(ASIDE);

/** The same in SQL, for `not like`. */
export const LIKE_ASIDE = `${ASIDE}%`;
