import {
  anyWord,
  type Constants,
  ip,
  number,
  oneWord,
  optional,
  type Pattern,
  pairs,
  pattern,
  rest,
  skip,
  within,
  word,
} from '../pattern.ts';

const success: Constants = { 'event.outcome': 'success' };
const failure: Constants = { 'event.outcome': 'failure' };
const outcome = oneWord({ success, yes: success, '1': success, failed: failure, no: failure, '0': failure }, 'rest');

function kind(category: string, action: string): Constants {
  return { 'event.category': [category], 'event.action': action };
}

/** What kinds of records tell of. */
const kinds: Readonly<Record<string, Constants>> = {
  USER_AUTH: kind('authentication', 'login'),
  USER_LOGIN: kind('authentication', 'login'),
  USER_ERR: kind('authentication', 'login'),
  ANOM_LOGIN_FAILURES: { ...kind('authentication', 'login'), ...failure },
  USER_ACCT: kind('authentication', 'account_check'),
  USER_START: kind('session', 'session_start'),
  USER_END: kind('session', 'session_end'),
  USER_LOGOUT: kind('session', 'session_end'),
  USER_CMD: kind('process', 'sudo_command'),
  USER_CHAUTHTOK: kind('iam', 'password_changed'),
  USER_MGMT: kind('iam', 'user_changed'),
  ADD_USER: kind('iam', 'user_added'),
  DEL_USER: kind('iam', 'user_removed'),
  ADD_GROUP: kind('iam', 'group_added'),
  DEL_GROUP: kind('iam', 'group_removed'),
  SYSCALL: kind('process', 'syscall'),
  EXECVE: kind('process', 'exec'),
  ANOM_ABEND: kind('process', 'segfault'),
  ANOM_PROMISCUOUS: kind('network', 'promiscuous_mode'),
  AVC: kind('process', 'access_denied'),
  CONFIG_CHANGE: kind('configuration', 'audit_configuration'),
};

/** Programs quote names, and write those with odd characters in hexadecimal, so that no value can pose as a pair. */
const subject: Readonly<Record<string, Pattern>> = {
  acct: [rest('user.name')],
  uid: [rest('user.id')],
  exe: [rest('process.executable')],
  comm: [rest('process.name')],
  cwd: [rest('process.working_directory')],
  addr: [ip('source', 'rest')],
  res: [outcome],
  success: [outcome],
  pid: [number('process.pid')],
};
const { uid: _, pid: __, ...ofProgram } = subject;

/**
 * A record of the audit system; `time` stands in its brackets. Source: audit-userspace, lib/libaudit.h; auditd(8), RHEL
 * Security Guide "Understanding Audit log files".
 */
export function auditRecord(time: Pattern): Pattern {
  return pattern`${optional(pattern`node=${word('host.name')} `)}type=${within('word', [anyWord(kinds, 'rest')], 'event.code')} msg=audit(${time}:${skip('first')}): ${pairs({ ...subject, msg: [pairs(ofProgram)] })}`;
}
