import { type Element, ip, longest, oneOf, pattern, skip } from '../pattern.ts';
import { loginFailure } from './outcomes.ts';

const failure = loginFailure('http_login');

/** What lighttpd says of logins: the client's address comes last, behind whatever name the client has chosen. */
export const lighttpdEvents: Element = oneOf(
  pattern`password doesn't match for ${skip()} username: ${oneOf(
    pattern`${longest('user.name')}, IP: ${ip('source', 'rest')}`,
    pattern`${longest('user.name')} IP: ${ip('source', 'rest')}`,
  )}${failure}`,
  pattern`get_password failed, IP: ${ip('source', 'rest')}${failure}`,
  pattern`digest: auth failed for ${oneOf(
    pattern`${longest('user.name')} : wrong password, IP: ${ip('source', 'rest')}`,
    pattern`${longest('user.name')}: wrong password, IP: ${ip('source', 'rest')}`,
    pattern`${longest('user.name')}, IP: ${ip('source', 'rest')}`,
    pattern`${longest('user.name')} IP: ${ip('source', 'rest')}`,
  )}${failure}`,
  [],
);
