/** The containers that the library looks for: those that are accepted. */
import { type InputFormat, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny'

export const FORMATS: InputFormat[] = [MP4, QTFF, WEBM, MATROSKA]
