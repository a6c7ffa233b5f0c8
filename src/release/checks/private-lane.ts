// Flows of the private lane are served only in languages whose texts a person signed; elsewhere a person is offered.
// That is meant so: it is told, not refused.
import type { Check } from '../check.ts';
import { infoAt } from '../problem.ts';

export const checkPrivateLane: Check = ({ content, flows }) => {
  const { languages, private_lane_signed: signed } = content.settings.value;
  const unsigned = languages.filter((language) => signed[language] === undefined);
  if (unsigned.length === 0) return [];
  return flows
    .filter((flow) => flow.value.private)
    .map((flow) => {
      const message = `This private flow is switched off in ${unsigned.join(', ')}: its texts are not signed there, so a person is offered instead.`;
      return infoAt(flow.at([], 'private'), 'private.unsigned', message);
    });
};
