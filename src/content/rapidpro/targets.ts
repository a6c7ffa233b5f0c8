// Where the ways out of a node lead, by category. Called by ask.ts and branch.ts. Knows nothing of what follows there.
import type { RapidNode, RapidRouter } from './export-schema.ts';

/** Gives the place that a node's exit leads to. */
export interface Ways {
  /** Of a category, by its uuid; the way for all others where there is no such category. What lies there is built once it is asked for. */
  of(category: string | null | undefined): string;
  readonly byDefault: string;
  /** The place of the node itself, so that a way back to it can be told. */
  self: string;
}

/** The node that a category leads to; null where the flow ends. */
export function destinationOf(node: RapidNode, category: string | null | undefined): string | null {
  const exit = node.router?.categories.find(({ uuid }) => uuid === category)?.exit_uuid;
  return node.exits.find(({ uuid }) => uuid === exit)?.destination_uuid ?? null;
}

/** The category for all that no case decides. */
export function defaultCategory(router: RapidRouter): string | null {
  return router.default_category_uuid ?? router.categories.at(-1)?.uuid ?? null;
}

/** The ways out of a node. `placeOf` names the place of a node, `endPlace` that of the end. */
export function waysOf(node: RapidNode, self: string, placeOf: (destination: string) => string, endPlace: () => string): Ways {
  const place = (category: string | null | undefined): string => {
    const destination = destinationOf(node, category);
    return destination === null ? endPlace() : placeOf(destination);
  };
  const known = new Set(node.router?.categories.map(({ uuid }) => uuid));
  const byDefault = (): string => (node.router ? place(defaultCategory(node.router)) : endPlace());
  return {
    of: (category) => (category != null && known.has(category) ? place(category) : byDefault()),
    get byDefault() {
      return byDefault();
    },
    self,
  };
}

/** Seconds as a timeout takes them. */
export function timeoutSeconds(seconds: number): number {
  return Math.min(2_592_000, Math.max(5, Math.round(seconds)));
}
