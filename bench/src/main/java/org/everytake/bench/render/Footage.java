package org.everytake.bench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.everytake.bench.measure.Tool;
import org.everytake.peer.clip.Clip;
import org.everytake.wire.Malformed;

/**
 * What is recorded: people who talk in turn before a camera of 640 × 360 that has noise, in front of something with much
 * detail, and slides of 1280 × 720, of which each is seen for 5 s while a pointer moves for one. All at 30 pictures a
 * second, a key frame each 10 s, as VP8, and of people as H.264, too, and Opus. Made by FFmpeg and kept in a folder.
 */
final class Footage {
    static final int SECONDS = 60;
    static final int FRAMES_PER_SECOND = 30;
    static final int MOST_PEOPLE = 9;

    private static final String VP8 = "-c:v libvpx -deadline realtime -cpu-used 8 -lag-in-frames 0 -auto-alt-ref 0"
            + " -error-resilient 1 -threads 2 -g 300 -frames:v " + SECONDS * FRAMES_PER_SECOND;
    private static final String H264 = "-c:v libx264 -profile:v baseline -preset veryfast -tune zerolatency"
            + " -sc_threshold 0 -x264-params aud=1 -pix_fmt yuv420p -g 300 -b:v 500k -maxrate 500k -bufsize 1000k"
            + " -frames:v " + SECONDS * FRAMES_PER_SECOND;
    private static final String ENDLESS = "trim=end_frame=1,loop=-1:1:0,settb=1/" + FRAMES_PER_SECOND + ",setpts=N";
    private static final List<String> SAID = List.of(
            "Good morning everybody. Let us look at the numbers of this week before we begin.",
            "I have a question about the second slide. Could you go back for a moment please.",
            "Yes of course. The growth in the third quarter is mostly seasonal and we expected it.",
            "The student should now read the text aloud and slowly and the rest of the class may listen.");
    private static final List<String> VOICES = List.of("kal16", "slt", "awb", "rms");

    private final Path folder;

    /**
     * One of the clips.
     *
     * @param clip as it is sent
     * @param file the very same packets in a file, for others
     */
    record Take(Clip clip, Path file) {}

    Footage(Path folder) {
        this.folder = folder;
    }

    /** The first so many people. */
    List<Take> people(int count) throws IOException {
        Files.createDirectories(folder);
        List<Take> people = new ArrayList<>();
        for (int person = 1; person <= count; person++) {
            Path ivf = folder.resolve("head-1-" + person + ".ivf");
            Path ogg = folder.resolve("head-1-" + person + ".ogg");
            Path webm = folder.resolve("head-1-" + person + ".webm");
            if (!Files.exists(webm)) {
                encode(ivf, head(person), VP8 + " -b:v 500k -maxrate 500k -bufsize 1000k");
                encode(ogg, speech(person), "-ac 1 -c:a libopus -b:a 32k -application voip -frame_duration 20");
                mux(webm, List.of(), ivf, ogg);
            }
            people.add(new Take(read(ivf, ogg), webm));
        }
        return people;
    }

    /** The same people before cameras that give H.264 of one parameter set. */
    List<Take> peopleInH264(int count) throws IOException {
        List<Take> inVp8 = people(count); // with the sound
        List<Take> people = new ArrayList<>();
        for (int person = 1; person <= inVp8.size(); person++) {
            Path h264 = folder.resolve("head-1-" + person + ".h264");
            Path ogg = folder.resolve("head-1-" + person + ".ogg");
            Path mkv = folder.resolve("head-1-" + person + ".mkv");
            if (!Files.exists(mkv)) {
                encode(h264, head(person), H264);
                mux(mkv, List.of("-r", String.valueOf(FRAMES_PER_SECOND)), h264, ogg);
            }
            try {
                people.add(new Take(Clip.readH264(h264, FRAMES_PER_SECOND, ogg), mkv));
            } catch (Malformed malformed) {
                throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
            }
        }
        return people;
    }

    /** Slides, without sound. */
    Take slides() throws IOException {
        Files.createDirectories(folder);
        Path ivf = folder.resolve("slides-1.ivf");
        Path webm = folder.resolve("slides-1.webm");
        if (!Files.exists(webm)) {
            encode(ivf, slideShow(), VP8 + " -b:v 1500k -maxrate 1500k -bufsize 3000k");
            mux(webm, List.of(), ivf);
        }
        try {
            return new Take(Clip.readVideo(ivf), webm);
        } catch (Malformed malformed) {
            throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
        }
    }

    private static Clip read(Path ivf, Path ogg) throws IOException {
        try {
            return Clip.read(ivf, ogg);
        } catch (Malformed malformed) {
            throw new IOException("FFmpeg made something else: " + malformed.getMessage(), malformed);
        }
    }

    private static String head(int person) {
        return String.format(
                Locale.ROOT,
                "mandelbrot=s=1280x720:start_scale=%.4f:maxiter=500,scale=640:360,format=yuv420p,%s[room];"
                        + "testsrc2=s=400x500,hue=h=%d:s=0.5,boxblur=3,format=rgba,"
                        + "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)'"
                        + ":a='if(lt(pow((X-200)/200,2)+pow((Y-250)/250,2),1),255,0)',"
                        + "scale=-2:240,format=yuva420p,%s[head];"
                        + "[room][head]overlay=x='W/2-w/2+W/12*sin(t*0.9+%d)':y='H/4+H/24*sin(t*2.3+%d)':eval=frame,"
                        + "noise=alls=4:allf=t+u:all_seed=%d",
                0.4 / person,
                ENDLESS,
                40 * person,
                ENDLESS,
                person,
                person,
                person);
    }

    /** Two sentences each 20 s, each person's later than that of the one before. */
    private static String speech(int person) {
        int first = (person - 1) % SAID.size();
        return String.format(
                Locale.ROOT,
                "flite=text='%s %s':voice=%s,aresample=48000,aformat=channel_layouts=mono,"
                        + "adelay=%d,apad=whole_dur=20,atrim=0:20,aloop=-1:size=960000,atrim=0:%d[voice];"
                        + "anoisesrc=c=pink:a=0.004:r=48000:seed=%d,atrim=0:%d[room];"
                        + "[voice][room]amix=2:normalize=0",
                SAID.get(first),
                SAID.get((first + 1) % SAID.size()),
                VOICES.get(first),
                person % 4 * 3000,
                SECONDS,
                person,
                SECONDS);
    }

    private static String slideShow() {
        String slides = IntStream.rangeClosed(1, 4)
                .mapToObj(slide -> "testsrc2=s=1280x720,hue=h=" + 80 * slide
                        + ",drawbox=c=white:t=fill:x=40:y=40:w=1200:h=640"
                        + ",drawtext=text='Slide " + slide + "  quarterly numbers':fontsize=60:x=100:y=100"
                        + ",drawtext=text='line of text with detail 0123456789':fontsize=28:x=100:y=300"
                        + ",drawtext=text='another line of small text for the codec':fontsize=20:x=100:y=400"
                        + ",format=yuv420p,trim=end_frame=1,loop=149:1:0,settb=1/30,setpts=N[slide" + slide + "];")
                .reduce("", String::concat);
        return slides + "[slide1][slide2][slide3][slide4]concat=n=4,loop=-1:600:0,settb=1/30,setpts=N[show];"
                + "color=black:s=16x24:r=30[pointer];"
                + "[show][pointer]overlay=x='200+400*min(mod(t,5),1)':y='500-100*min(mod(t,5),1)':eval=frame";
    }

    private static void encode(Path file, String graph, String encoder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-nostdin", "-filter_complex", graph));
        arguments.addAll(List.of(encoder.split(" ")));
        write(file, arguments);
    }

    /** @param first said of the first of the files */
    private static void mux(Path file, List<String> first, Path... from) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-nostdin"));
        arguments.addAll(first);
        for (Path one : from) {
            arguments.addAll(List.of("-i", one.toString()));
        }
        arguments.addAll(List.of("-c", "copy"));
        write(file, arguments);
    }

    private static void write(Path file, List<String> arguments) throws IOException {
        Path made = file.resolveSibling("new-" + file.getFileName());
        List<String> all = new ArrayList<>(arguments);
        all.add(made.toString());
        Tool.ffmpeg(all);
        Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
