"""Speaks the texts of this folder with libespeak-ng and writes `speech.json`: the energy of the sound and, from the events of
the synthesiser, the times of each word. No sound is kept. `python3 tests/media/speech/make.py`, with espeak-ng installed.

Each sample: `text` is the transcript as somebody would write it; what only the voice says (words of hesitation) stands in braces
in the file and is taken out of it. A number in square brackets is a pause of that many ms inside a sentence. `db` is one level
for each 20 ms, in steps of 0.5 dB from -96, in base64. `words` are [start, end] in ms, one pair for each word of `text`.
"""
import base64, ctypes, json, math, pathlib, random, re

HERE = pathlib.Path(__file__).parent
RATE_HZ = 50
SAMPLES = [  # file, voice, words a minute, level of noise in dB under full scale, silence before in ms
    ("cuotas.txt", "es-419", 150, None, 400),
    ("cuotas.txt", "es-419+f3", 175, -50, 2500),
    ("calle.txt", "es+m3", 130, None, 900),
    ("calle.txt", "es-419+f2", 165, -44, 1200),
    ("datos.txt", "es-419+m5", 190, -50, 300),
    ("datos.txt", "es+f4", 120, -44, 4000),
]

lib = ctypes.CDLL("libespeak-ng.so.1")


class Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
                ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
                ("user_data", ctypes.c_void_p), ("id", ctypes.c_char * 8)]


WORD, CALLBACK = 1, ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))
sound, events = [], []


@CALLBACK
def hear(wave, count, list_):
    at = 0
    while list_[at].type != 0:
        if list_[at].type == WORD:
            events.append((list_[at].text_position - 1, list_[at].length, list_[at].audio_position))
        at += 1
    if wave and count > 0:
        sound.extend(wave[0:count])
    return 0


HZ = lib.espeak_Initialize(2, 0, None, 0)  # synchronous
lib.espeak_SetSynthCallback(hear)


def speak(text, voice, speed):
    """The sound, and the events as (position in the text, length, ms)."""
    sound.clear()
    events.clear()
    lib.espeak_SetVoiceByName(voice.encode())
    lib.espeak_SetParameter(1, speed, 0)
    ssml = "<speak>" + re.sub(r"\[(\d+)\]", r'<break time="\1ms"/>', text).replace("{", "").replace("}", "") + "</speak>"
    raw = ssml.encode()
    lib.espeak_Synth(raw, len(raw) + 1, 0, 1, 0, 0x1 | 0x10, None, None)
    return ssml, list(sound), list(events)


def levels(wave, noise, before_ms, seed):
    chance = random.Random(seed)
    spread = 0 if noise is None else 32768 * 10 ** (noise / 20)
    wave = [0] * (HZ * before_ms // 1000) + wave + [0] * HZ
    step, found = HZ // RATE_HZ, []
    for at in range(0, len(wave) - step, step):
        power = sum((one + chance.gauss(0, spread)) ** 2 if spread else one * one for one in wave[at:at + step]) / step
        found.append(max(0, min(255, round((10 * math.log10(power / 32768 ** 2 + 1e-12) + 96) * 2))))
    return found


def sample(index, file, voice, speed, noise, before_ms):
    source = (HERE / file).read_text().strip()
    ssml, wave, heard = speak(source, voice, speed)
    clean = levels(wave, None, before_ms, 0)
    text = re.sub(r"\s+", " ", re.sub(r"\{[^}]*\}|\[\d+\]", " ", source)).replace(" ,", ",").replace(" .", ".").strip()
    # the words of the ssml in order; a tag counts as one place that is passed over
    spoken = [(m.start(), m.group(), m.start()) for m in re.finditer(r"<[^>]*>|[^\s<]+", ssml) if not m.group().startswith("<")]
    hidden = re.findall(r"\{([^}]*)\}", source)
    silent = [word for part in hidden for word in part.split()]
    marks = iter(re.findall(r"\{[^}]*\}|\[\d+\]|[^\s{}\[\]]+", source))
    is_hidden = []
    for mark in marks:
        if mark.startswith("["):
            continue
        is_hidden += [True] * len(mark[1:-1].split()) if mark.startswith("{") else [False]
    assert len(is_hidden) == len(spoken), (file, len(is_hidden), len(spoken))
    times = [min((at for place, _, at in heard if start <= place < start + len(word)), default=None) for start, word, _ in spoken]
    words = []
    for place, start in enumerate(times):
        if is_hidden[place]:
            continue
        assert start is not None, (file, spoken[place])
        after = next((one for one in times[place + 1:] if one is not None), len(clean) * 20)
        start, end = start + before_ms, after + (before_ms if after != len(clean) * 20 else 0)
        # the word ends where the sound does before the next one begins
        last = end // 20 - 1
        while last > start // 20 and last < len(clean) and clean[last] < 60:
            last -= 1
        words.append([start, (last + 1) * 20])
    assert len(words) == len(text.split()), (file, len(words), len(text.split()))
    db = levels(wave, noise, before_ms, index)
    return {"file": file, "voice": voice, "speed": speed, "noise": noise, "text": text,
            "words": words, "db": base64.b64encode(bytes(db)).decode()}


made = [sample(index, *one) for index, one in enumerate(SAMPLES)]
(HERE / "speech.json").write_text("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in made) + "\n]\n")
for one in made:
    print(one["file"], one["voice"], one["speed"], len(one["words"]), "words", one["words"][-1][1] / 1000, "s")
