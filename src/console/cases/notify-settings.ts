// Whether this browser may call its user, and with a sound. Holds two switches and nothing of anybody. Used by notifier and its switch.

const SOUND = 'ventanilla.sound';
const CALLS = 'ventanilla.calls';

export function canNotify(): boolean {
  return 'Notification' in globalThis;
}

export function mayNotify(): boolean {
  return canNotify() && Notification.permission === 'granted' && localStorage.getItem(CALLS) === 'on';
}

/** Asks the browser's user. Only from a press on a button: browsers punish whoever asks by themselves. */
export async function askToNotify(): Promise<'granted' | 'denied' | 'later'> {
  const answer = Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
  if (answer === 'granted') localStorage.setItem(CALLS, 'on');
  return answer === 'default' ? 'later' : answer;
}

export function stopNotifying(): void {
  localStorage.removeItem(CALLS);
}

export function wantsSound(): boolean {
  return localStorage.getItem(SOUND) === 'on';
}

export function setSound(on: boolean): void {
  if (on) localStorage.setItem(SOUND, 'on');
  else localStorage.removeItem(SOUND);
}
