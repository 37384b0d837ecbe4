import { LpError } from '../model/error.ts';
import { exitStatus } from '../model/exit-status.ts';

/** Thrown by an input that is read no further because the command was asked to stop: what it gave last may be half a line. */
export class InputGivenUp extends LpError {
  constructor() {
    super('stopped with input left unread', exitStatus.terminated);
    this.name = 'InputGivenUp';
  }
}
