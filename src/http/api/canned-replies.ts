// Handler of replies that are ready to send: the texts of locales/<tag>/replies.json, by their shortcuts, with their state.
// A text that a language lacks is left out: a reply in another language is no help.
import type { Handlers } from './handler.ts';

const NAMESPACE = 'replies';

export const cannedReplyHandlers: Pick<Handlers, 'listReplies'> = {
  listReplies({ query }, { services }) {
    const release = services.releases.current();
    const { fallback = [] } = release.languages.find(({ tag }) => tag === query.language) ?? {};
    const shortcuts = Object.keys(release.namespace(NAMESPACE, query.language));
    const replies = shortcuts.flatMap((shortcut) => {
      const key = `${NAMESPACE}:${shortcut}`;
      const language = [query.language, ...fallback].find((tag) => release.texts.has(key, tag));
      if (language === undefined) return [];
      const text = release.namespace(NAMESPACE, language)[shortcut] ?? '';
      return [{ shortcut, text, language, reviewed: release.reviewState(key, language) === 'reviewed' }];
    });
    return Promise.resolve({ replies });
  },
};
