// Two soft tones, made here so that no file is fetched. Played by notifier.tsx, and once as a sample by notify-switch.tsx.

let context: AudioContext | null = null;

export function playRing(): void {
  context ??= new AudioContext();
  const start = context.currentTime + 0.02;
  for (const [index, frequency] of [660, 880].entries()) {
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, start + index * 0.18);
    loudness.gain.linearRampToValueAtTime(0.12, start + index * 0.18 + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + index * 0.18 + 0.3);
    tone.connect(loudness).connect(context.destination);
    tone.start(start + index * 0.18);
    tone.stop(start + index * 0.18 + 0.32);
  }
}
