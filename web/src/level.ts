/** Loudness of a track from 0 to 1, on a scale of decibels from -60 to 0, about 15 times a second. */
export function watchLevel(track: MediaStreamTrack, heard: (level: number) => void): () => void {
  if (typeof AudioContext === 'undefined') return () => {};
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    // Before the first click some browsers keep it suspended.
    if (context.state === 'suspended') void context.resume();
    analyser.getFloatTimeDomainData(samples);
    heard(track.enabled ? scale(samples) : 0);
  }, 66);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close();
  };
}

export function scale(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}
