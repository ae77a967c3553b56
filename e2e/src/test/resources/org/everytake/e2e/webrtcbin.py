"""Sends a picture of one green and a tone of 1500 Hz by GStreamer's webrtcbin.

It prints its offer as a line of JSON, {"sdp": ...}, takes the answer as such a line, and ends when its input does. With
--check it only says by its exit status whether this machine has all it needs.
"""

import json
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

ELEMENTS = "webrtcbin nicesink dtlsdec srtpdec vp8enc opusenc rtpvp8pay rtpopuspay videotestsrc audiotestsrc".split()
PIPELINE = """
    webrtcbin name=peer bundle-policy=max-bundle
    videotestsrc is-live=true pattern=solid-color foreground-color=0xff00ff00
      ! video/x-raw,width=640,height=360,framerate=15/1 ! videoconvert
      ! vp8enc deadline=1 cpu-used=8 target-bitrate=300000 keyframe-max-dist=150
      ! rtpvp8pay picture-id-mode=2 ! application/x-rtp,media=video,encoding-name=VP8,payload=96 ! peer.sink_0
    audiotestsrc is-live=true freq=1500 volume=0.3
      ! audioconvert ! audioresample ! opusenc
      ! rtpopuspay ! application/x-rtp,media=audio,encoding-name=OPUS,payload=111 ! peer.sink_1
"""


def offered(promise, peer):
    reply = promise.get_reply()  # What it holds is gone with it.
    offer = reply.get_value("offer")
    peer.emit("set-local-description", offer, Gst.Promise.new())
    print(json.dumps({"sdp": offer.sdp.as_text()}), flush=True)


def negotiate(peer):
    peer.emit("create-offer", None, Gst.Promise.new_with_change_func(offered, peer))


def listen(peer, loop):
    for line in sys.stdin:
        _, sdp = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(json.loads(line)["sdp"].encode(), sdp)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        peer.emit("set-remote-description", answer, Gst.Promise.new())
    loop.quit()


def main():
    Gst.init(None)
    if "--check" in sys.argv:
        sys.exit(not all(Gst.ElementFactory.find(name) for name in ELEMENTS))
    pipeline = Gst.parse_launch(PIPELINE)
    peer = pipeline.get_by_name("peer")
    for index in (0, 1):
        transceiver = peer.emit("get-transceiver", index)
        transceiver.set_property("direction", GstWebRTC.WebRTCRTPTransceiverDirection.SENDONLY)
        transceiver.set_property("do-nack", True)
    peer.connect("on-negotiation-needed", negotiate)
    loop = GLib.MainLoop()
    bus = pipeline.get_bus()
    bus.add_signal_watch()
    bus.connect("message::error", lambda _, message: (print(message.parse_error(), file=sys.stderr), loop.quit()))
    pipeline.set_state(Gst.State.PLAYING)
    threading.Thread(target=listen, args=(peer, loop), daemon=True).start()
    loop.run()
    pipeline.set_state(Gst.State.NULL)


main()
