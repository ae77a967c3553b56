package org.everytake.render.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.everytake.render.Crew;
import org.everytake.render.Preset;
import org.everytake.render.RenderFault;
import org.everytake.render.ffmpeg.Child;
import org.everytake.render.ffmpeg.Ffmpeg;
import org.everytake.render.mp4.AdtsReader;
import org.everytake.render.mp4.AudioSamples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One encoder of AAC that never stops, from a joint on. Frame n of a recording holds the samples from {@code 1024 (n - 1)}
 * on; frame 0 is what an encoder puts first. One thread, with one of its own inside.
 */
public final class SoundRun implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SoundRun.class);

    /**
     * An encoder that begins in the middle gets so much of what was before, so that its frames join those of another; as
     * many samples as a mixer writes at a time, and a multiple.
     */
    private static final int EARLIER_FRAMES = 15;

    /** As many samples. */
    public static final long EARLIER_SAMPLES = (long) EARLIER_FRAMES * AudioSamples.FRAME_SAMPLES;

    private static final int MOST_STANDSTILL_SECONDS = 180;

    private final Child child;
    private final Crew.Guard guard;
    private final BlockingQueue<byte[]> ready = new LinkedBlockingQueue<>();
    private final Thread reading;
    private long next;

    /** @param joint the sample with which what is wanted begins, where frames and pictures meet */
    public SoundRun(Ffmpeg ffmpeg, Preset preset, Path folder, Crew crew, long joint) throws RenderFault, IOException {
        long frame = joint / AudioSamples.FRAME_SAMPLES;
        this.next = frame == 0 ? 0 : frame + 1;
        long fedFrom = Math.max(0, joint - EARLIER_SAMPLES);
        long skipped = next - fedFrom / AudioSamples.FRAME_SAMPLES;
        Files.createDirectories(folder);
        List<String> arguments = new ArrayList<>(List.of("-protocol_whitelist", "pipe", "-f", "s16le"));
        arguments.addAll(List.of("-ar", String.valueOf(SoundDecoder.RATE), "-ac"));
        arguments.addAll(List.of(String.valueOf(preset.channels()), "-i", "pipe:0"));
        arguments.addAll(List.of("-b:a", String.valueOf(preset.audioBitsPerSecond())));
        arguments.addAll(SoundFormat.AAC.arguments());
        arguments.addAll(List.of("-flush_packets", "1", "pipe:1"));
        child = Child.start(ffmpeg, arguments, folder);
        guard = crew.guard(child::kill);
        reading = Thread.ofPlatform().daemon().name("live-sound").start(() -> read(skipped));
    }

    /** Takes samples of signed 16 bits, little-endian, from {@link #EARLIER_SAMPLES} before the joint on, or zero. */
    public OutputStream pcm() {
        return child.input();
    }

    /** The frames that are there by now and come before this one. */
    public List<byte[]> ready(long before) {
        List<byte[]> frames = new ArrayList<>();
        while (next < before) {
            byte[] frame = ready.poll();
            if (frame == null) {
                break;
            }
            frames.add(frame);
            next++;
        }
        return frames;
    }

    /** Lets the encoder come to its end, and hands out what is left, up to this frame. */
    public List<byte[]> finish(long before) throws RenderFault, IOException, InterruptedException {
        child.input().close();
        if (!reading.join(Duration.ofSeconds(MOST_STANDSTILL_SECONDS))) {
            child.kill();
            throw new RenderFault("The encoder of sound does not come to an end.");
        }
        child.await();
        List<byte[]> rest = ready(before);
        if (next < before) {
            throw new RenderFault("FFmpeg made " + next + " frames of sound where " + before + " are needed.");
        }
        return rest;
    }

    private void read(long skip) {
        long[] skipped = {skip};
        try {
            AdtsReader.read(child.output(), new OutputStream() {
                @Override
                public void write(int b) {
                    throw new UnsupportedOperationException("frames come whole");
                }

                @Override
                public void write(byte[] frame, int offset, int length) {
                    if (skipped[0] > 0) {
                        skipped[0]--;
                    } else {
                        ready.add(Arrays.copyOfRange(frame, offset, offset + length));
                    }
                }
            });
        } catch (IOException ended) {
            log.trace("No more sound from FFmpeg: {}", ended.getMessage());
        }
    }

    @Override
    public void close() {
        child.kill();
        guard.close();
        child.close();
    }
}
