// Answers many questions that are asked at about the same time with one look-up. Used by the vault where keys are
// a round trip away (PostgreSQL).

interface Question<K, V> {
  key: K;
  resolve(value: V): void;
  reject(error: unknown): void;
}

export class Batch<K, V> {
  readonly #answer: (keys: K[]) => Promise<V[]>;
  #waiting: Question<K, V>[] = [];

  /** @param answer gives one value for each key, in their order. */
  constructor(answer: (keys: K[]) => Promise<V[]>) {
    this.#answer = answer;
  }

  /** The value of one key, looked up together with whatever else is asked in this turn of the event loop. */
  load(key: K): Promise<V> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => void this.#ask());
    });
  }

  async #ask(): Promise<void> {
    const questions = this.#waiting;
    this.#waiting = [];
    try {
      const values = await this.#answer(questions.map(({ key }) => key));
      questions.forEach(({ resolve }, index) => resolve(values[index] as V));
    } catch (error) {
      for (const { reject } of questions) reject(error);
    }
  }
}
