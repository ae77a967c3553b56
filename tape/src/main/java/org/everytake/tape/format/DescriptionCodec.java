package org.everytake.tape.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.everytake.tape.Codec;
import org.everytake.tape.Source;
import org.everytake.tape.StreamDescription;
import org.everytake.tape.TakeDescription;

/**
 * Bytes of a take's description. What follows the known fields is a newer program's and is left alone.
 *
 * <pre>
 * take u32 | person text | kind u8 | device text
 * codecs u16, each: payload type u8 | clock rate u32 | channels u8 | name text | fmtp text
 * header extensions u16, each: id u16 | URI text
 * streams u16, each: stream u16 | SSRC u32 | mid text | rid text
 * </pre>
 */
public final class DescriptionCodec {
    private DescriptionCodec() {}

    public static byte[] encode(TakeDescription description) {
        FieldWriter out = new FieldWriter().u32(description.take());
        source(out, description.source());
        out.count(description.codecs().size());
        for (Codec codec : description.codecs()) {
            out.u8(codec.payloadType()).u32(codec.clockRate()).u8(codec.channels());
            out.string(codec.name()).string(codec.fmtp());
        }
        out.count(description.headerExtensions().size());
        // sorted, so that the same description is the same bytes
        new TreeMap<>(description.headerExtensions())
                .forEach((id, uri) -> out.u16(id).string(uri));
        out.count(description.streams().size());
        for (StreamDescription stream : description.streams()) {
            out.u16(stream.stream()).u32(stream.ssrc()).string(stream.mid()).string(stream.rid());
        }
        return out.bytes();
    }

    public static TakeDescription decode(byte[] bytes, int offset, int length) throws Damaged {
        FieldReader in = new FieldReader(bytes, offset, length);
        try {
            int take = (int) in.u32();
            Source source = source(in);
            List<Codec> codecs = new ArrayList<>();
            for (int left = in.u16(); left > 0; left--) {
                int payloadType = in.u8();
                int clockRate = (int) in.u32();
                int channels = in.u8();
                codecs.add(new Codec(payloadType, in.string(), clockRate, channels, in.string()));
            }
            Map<Integer, String> extensions = new TreeMap<>();
            for (int left = in.u16(); left > 0; left--) {
                extensions.put(in.u16(), in.string());
            }
            List<StreamDescription> streams = new ArrayList<>();
            for (int left = in.u16(); left > 0; left--) {
                streams.add(new StreamDescription(in.u16(), in.u32(), in.string(), in.string()));
            }
            return new TakeDescription(take, source, codecs, extensions, streams);
        } catch (IllegalArgumentException e) {
            throw new Damaged("a description makes no sense", e);
        }
    }

    static void source(FieldWriter out, Source source) {
        out.string(source.person()).u8(Kinds.code(source.kind())).string(source.device());
    }

    private static Source source(FieldReader in) throws Damaged {
        return new Source(in.string(), Kinds.require(in.u8()), in.string());
    }
}
