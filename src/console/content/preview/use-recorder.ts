// Writes a test into the draft: plays it as tests are played, and keeps what was said. Used by record-dialog.tsx and test-bar.tsx.
import { useState } from 'react';
import { ApiError } from '../../../api/client.ts';
import type { PlayInput } from '../../../api/content-shapes.ts';
import { call } from '../../api.ts';
import { useContentPlace } from '../source.ts';
import { useEdits, type Edits } from '../use-edits.ts';
import { toTranscript, type PlaySetup } from './recording.ts';
import { playCall } from './use-play.ts';
import { addressOfTest, type Tests } from './use-tests.ts';

export interface Recorder {
  /** Resolves to whether it was written. */
  record(name: string, setup: PlaySetup, inputs: readonly PlayInput[]): Promise<boolean>;
  remove(name: string): Promise<boolean>;
  isPending: boolean;
  error: ApiError | null;
  edits: Edits;
}

export function useRecorder(tests: Tests): Recorder {
  const { source, draftId } = useContentPlace();
  const edits = useEdits(draftId);
  const [isPlaying, setPlaying] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const expects = (name: string): number => tests.entryOf(name)?.revision ?? 0;
  return {
    edits,
    isPending: isPlaying || edits.isPending,
    error: error ?? edits.error,
    remove: (name) => edits.save([{ address: addressOfTest(name), value: undefined, expects: expects(name) }]),
    async record(name, setup, inputs) {
      setPlaying(true);
      setError(null);
      try {
        const { turns } = await call('playContent', ...playCall(source, setup, inputs, true));
        return await edits.save([{ address: addressOfTest(name), value: toTranscript(turns, setup), expects: expects(name) }]);
      } catch (fault) {
        if (!(fault instanceof ApiError)) throw fault;
        setError(fault);
        return false;
      } finally {
        setPlaying(false);
      }
    },
  };
}
