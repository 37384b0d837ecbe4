import type { Fields, Members } from './members.ts';

const levels = ['error', 'warning', 'notice'] as const;

/**
 * What Suricata (`event_type: alert`) and the firewall of open-appsec (`waapIncidentType`) saw, by the names under which
 * `readMembers` keeps members. Source: Suricata, "Eve JSON Output"; open-appsec, "Log Schema".
 */
export function addIntrusion(fields: Fields, members: Members): void {
  const signature = members.get('alert.signature');
  if (members.get('eventtype') === 'alert' && typeof signature === 'string') {
    const id = members.get('alert.signatureid');
    fields.set('event.category', ['intrusion_detection']);
    fields.set('event.action', 'intrusion_alert');
    fields.set('rule.name', signature);
    if (id !== undefined) fields.set('rule.id', String(id));
    fields.set('log.level', levels[Number(members.get('alert.severity')) - 1] ?? 'info');
    return;
  }
  const incident = members.get('eventdata.waapincidenttype');
  if (typeof incident !== 'string') return;
  fields.set('event.category', ['intrusion_detection']);
  fields.set('event.action', members.get('eventdata.securityaction') === 'Prevent' ? 'waf_denied' : 'waf_match');
  fields.set('rule.name', incident);
}
