// Saves what the editor planned, with the revisions with which everything was read; keeps what could not be saved because somebody else
// changed the same; and does again what was taken back. Used by the list of flows and by the editor.
import { useRef, useState } from 'react';
import { useEdits, type Edits } from '../use-edits.ts';
import { standing, withSave, type SavedEdits } from './edit-history.ts';
import type { JsonValue } from './json-path.ts';
import { inSaves } from './plan-flow-edits.ts';
import type { PlannedEdit } from './plan-step-edits.ts';

/** Where a value stands now, and with which revision it was read. */
export interface EntryState {
  /** Null where it was not read. */
  value: JsonValue | undefined | null;
  revision: number;
}

export interface SaveOptions {
  sameMeaning?: boolean;
  /** Revisions as something was opened, where they differ from those of now. */
  expects?: ReadonlyMap<string, number>;
  /** Called when it is written, at once or after a conflict was decided. */
  onSaved?: () => void;
  /** Called where a conflict was decided for the other side. */
  onGivenUp?: () => void;
}

export interface FlowSaving {
  /** For the dialog that shows conflicts. */
  edits: Edits;
  save(planned: readonly PlannedEdit[], options?: SaveOptions): Promise<boolean>;
  /** Null where there is nothing to do again. */
  redo: (() => void) | null;
}

export function useFlowSaving(draftId: string | null, stateAt: (address: string) => EntryState): FlowSaving {
  const edits = useEdits(draftId);
  const [history, setHistory] = useState<readonly SavedEdits[]>([]);
  const held = useRef<{ planned: readonly PlannedEdit[]; options: SaveOptions } | null>(null);
  const stand = standing(history, (address) => stateAt(address).value);

  async function write(planned: readonly PlannedEdit[], options: SaveOptions): Promise<boolean> {
    const { sameMeaning } = options;
    const ready = planned.map((edit) => ({ ...edit, expects: options.expects?.get(edit.address) ?? stateAt(edit.address).revision }));
    for (const part of inSaves(ready)) {
      if (!(await edits.save(part, sameMeaning === undefined ? {} : { sameMeaning }))) return false;
    }
    return true;
  }

  async function save(planned: readonly PlannedEdit[], options: SaveOptions = {}): Promise<boolean> {
    if (planned.length === 0) {
      options.onSaved?.();
      return true;
    }
    const before = new Map(planned.map(({ address }) => [address, stateAt(address).value ?? undefined]));
    held.current = { planned, options };
    const written = await write(planned, options);
    if (written) {
      setHistory((current) => withSave(current, stand, { edits: planned, before }));
      options.onSaved?.();
    }
    return written;
  }

  return {
    save,
    redo: redoOf(history, stand, write),
    edits: {
      ...edits,
      async takeMine() {
        const taken = await edits.takeMine();
        if (taken) held.current?.options.onSaved?.();
        return taken;
      },
      takeTheirs() {
        edits.takeTheirs();
        held.current?.options.onGivenUp?.();
      },
    },
  };
}

function redoOf(
  history: readonly SavedEdits[],
  stand: number,
  write: (planned: readonly PlannedEdit[], options: SaveOptions) => Promise<boolean>,
): (() => void) | null {
  const undone = history[stand];
  return undone === undefined ? null : () => void write(undone.edits, {});
}
