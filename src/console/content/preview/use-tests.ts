// The recorded tests of the content that is looked at: their names, and one of them as it is played. Used by the preview.
import { useMemo } from 'react';
import type { ApiError } from '../../../api/client.ts';
import type { EntryView } from '../../../api/content-shapes.ts';
import { addressOf, partsOf } from '../../../release/entry.ts';
import { Transcript } from '../../../release/transcript.ts';
import { useRead } from '../../api.ts';
import { fromTranscript, type RecordedTest } from './recording.ts';

export interface OpenedTest {
  name: string;
  entry: EntryView;
  /** Null where it does not have the form of a test. */
  test: RecordedTest | null;
}

export interface Tests {
  /** `school.en`, sorted; null while they are read. */
  names: readonly string[] | null;
  /** Null where there is none of this name. */
  read(name: string): OpenedTest | null;
  /** The entry of a name, also of a test that the draft took away. */
  entryOf(name: string): EntryView | undefined;
  error: ApiError | null;
  retry: () => void;
}

/** Where a test of this name stands. */
export function addressOfTest(name: string): string {
  return addressOf(`test/flows/${name}.yaml`, 'transcript');
}

export function useTests(source: string): Tests {
  const read = useRead('readEntries', [{ params: { source }, query: { kinds: 'transcript' } }]);
  return useMemo(() => {
    const entries = new Map((read.data?.entries ?? []).map((entry) => [nameOf(entry), entry]));
    const there = [...entries].filter(([, { value }]) => value !== undefined);
    return {
      names: read.data === undefined ? null : there.map(([name]) => name).toSorted(),
      entryOf: (name) => entries.get(name),
      read(name) {
        const entry = entries.get(name);
        if (entry?.value === undefined) return null;
        const parsed = Transcript.safeParse(entry.value);
        return { name, entry, test: parsed.success ? fromTranscript(parsed.data) : null };
      },
      error: read.error,
      retry: () => void read.refetch(),
    };
  }, [read]);
}

function nameOf({ address }: EntryView): string {
  return (partsOf(address).file.split('/').at(-1) ?? '').replace(/\.yaml$/, '');
}
