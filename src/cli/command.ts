// What a command of the command line is. One file each in commands/, listed in commands/index.ts.

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** How it is called, without the leading `ventanilla`. */
  usage: string;
  /** Runs it; the result is the exit status. Throws AppError for what the caller can mend. */
  run(args: string[]): Promise<number>;
}
