import { defineDataset } from '../dataset.ts';
import { longest, number, oneOf, optional, pattern, rest, set, skip, text } from '../pattern.ts';

const account = (action: string) => set({ 'event.category': ['iam'], 'event.action': action, 'event.outcome': 'success' });
const quotedUser = pattern`'${longest('user.name')}' to `;

export default defineDataset({
  name: 'accounts',
  source: 'shadow-utils: useradd.c, usermod.c, userdel.c, groupadd.c, gpasswd.c, chpasswd.c; pam_unix(8)',
  programs: [
    'useradd',
    'usermod',
    'userdel',
    'adduser',
    'groupadd',
    'groupmod',
    'groupdel',
    'gpasswd',
    'deluser',
    'delgroup',
    'addgroup',
    'newusers',
    'chage',
    'passwd',
    'chpasswd',
    'chfn',
    'chsh',
  ],
  messages: [
    pattern`new user: name=${text('user.name')}, UID=${skip('first')}, ${account('user_added')}${skip('rest')}`,
    pattern`new group: name=${text('group.name')}, GID=${number()}${account('group_added')}${skip('rest')}`,
    pattern`add ${quotedUser}${optional(pattern`shadow `)}group '${text('group.name')}'${account('group_member_added')}${skip('rest')}`,
    pattern`user ${text('user.name')} added by ${skip('last')} to group ${rest('group.name')}${account('group_member_added')}`,
    pattern`delete user '${longest('user.name')}'${account('user_removed')}${skip('rest')}`,
    pattern`pam_unix(${oneOf(pattern`passwd`, pattern`chpasswd`)}:chauthtok): password changed for ${rest('user.name')}${account('password_changed')}`,
    pattern`delete '${longest('user.name')}' from ${optional(pattern`shadow `)}group '${text('group.name')}'${account('group_member_removed')}${skip('rest')}`,
    pattern`user ${text('user.name')} removed by ${skip('last')} from group ${rest('group.name')}${account('group_member_removed')}`,
    pattern`group '${text('group.name')}' removed${account('group_removed')}${skip('rest')}`,
    pattern`removed group '${text('group.name')}'${account('group_removed')}${skip('rest')}`,
    pattern`lock user '${longest('user.name')}' password${account('user_locked')}`,
    pattern`unlock user '${longest('user.name')}' password${account('user_unlocked')}`,
    pattern`failed adding user '${longest('user.name')}'${set({ 'event.category': ['iam'], 'event.action': 'user_added', 'event.outcome': 'failure' })}${skip('rest')}`,
    pattern`change user '${text('user.name')}' ${skip('rest')}${account('user_changed')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 web1 useradd[555]: new user: name=eve, UID=1001, GID=1001, home=/home/eve, shell=/bin/bash, from=/dev/pts/0',
      fields: { 'log.dataset': 'accounts', 'user.name': 'eve', 'event.action': 'user_added', 'event.category': ['iam'] },
    },
    {
      kind: 'good',
      line: "Nov 22 13:36:00 web1 usermod[556]: add 'eve' to group 'sudo'",
      fields: { 'user.name': 'eve', 'group.name': 'sudo', 'event.action': 'group_member_added' },
    },
    { kind: 'malformed', line: 'Nov 22 13:36:00 web1 useradd[555]: new user: name=eve', fields: { 'event.action': undefined } },
    {
      kind: 'hostile',
      line: "Nov 22 13:36:00 web1 usermod[556]: add 'x' to group 'games' to group 'sudo'",
      fields: { 'user.name': "x' to group 'games", 'group.name': 'sudo' },
    },
  ],
});
