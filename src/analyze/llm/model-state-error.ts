import { LpError } from '../../model/error.ts';

/** The model's state, with the ledger of what may be spent, cannot be used: then nothing is asked. */
export class ModelStateError extends LpError {}
