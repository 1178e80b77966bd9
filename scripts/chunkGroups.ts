/**
 * The files of the build: which modules go together. Names matter: what begins with `staff-`, `video-`, `codes-`, `likeness-`, `voice-` or `online-` is never precached
 * on a citizen's phone.
 */

/** The staff's session and answers, and supabase-js, which serves nothing else. */
const STAFF_DATA = /[\\/]src[\\/](data|sync)[\\/]staff[\\/](?!session\.ts)|[\\/]@supabase[\\/]/u
/** What citizens see of one kind of campaign: a chunk each, by the name of its folder. */
const KIND =
  /[\\/]src[\\/]features[\\/]([^\\/]+)[\\/](?!(?:staff|likeness|results|mesa|own|supports|log|card|letter|voice|captions|player|film|minors|signed)[\\/]|(?:CalendarAddress|ReminderChoice)\.)/u
const kindOf = (module: string) => KIND.exec(module)?.[1] ?? null
/**
 * Few files compress better than many, and all of a citizen's are on the phone anyway. A group takes what
 * its modules import too, unless one of higher priority did: `base` is all that runs before first paint.
 */
export const GROUPS = [
  { name: 'early', test: /[\\/]src[\\/](app[\\/]early|data[\\/]config)\.ts$/u, priority: 10 },
  {
    name: 'vendor',
    test: /[\\/]node_modules[\\/](@vue|vue|vue-router|pinia)[\\/]|plugin-vue:/u,
    priority: 9,
  },
  {
    name: 'base',
    test: /[\\/]src[\\/](app[\\/](App|router|installOffer|lost)|data[\\/](firstScreen|institution)|ui[\\/](tokens|base)\.css)/u,
    priority: 8,
  },
  {
    // without what only staff's pages import
    name: 'domain',
    test: /[\\/]src[\\/](domain[\\/](?!(calendar|institution|log|people|previewMessage|publicLog|replyTemplates|slug)\.)|features[\\/](kinds|[^\\/]+[\\/]kind)\.ts$|data[\\/](firstRead|optionalCode|useKept|useLoad)\.ts$)|_shared[\\/]signed[\\/]base64url\.ts$/u,
    priority: 7,
  },
  {
    name: 'data',
    test: /[\\/]src[\\/](data[\\/](?!logoFiles|calendarAddress|publicLog|ownVideo|staff[\\/](?!session\.ts))|sync[\\/](?!staff[\\/])|campaign[\\/]kept)/u,
    priority: 6,
  },
  {
    name: 'video-code',
    test: /[\\/]node_modules[\\/]mediabunny[\\/]|[\\/]src[\\/]media[\\/](clean|remux|growingFile|copySound|repackVoice)\.ts$|_shared[\\/]media[\\/](comments|judge|formats|webm)\.ts$/u,
    priority: 5,
  },
  {
    name: 'media',
    test: /[\\/]src[\\/]media[\\/](?!(clean|remux|fastStart|growingFile|repackSound|copySound|repackVoice|inspect|container|mp4|webm|poster)\.ts|codes|(voice|film|recorder)[\\/])|[\\/]@noble[\\/]hashes[\\/]/u,
    priority: 6,
  },
  // verifies constancias of citizens and passes at the door
  {
    name: 'signature',
    test: /[\\/]src[\\/]campaign[\\/]signature\.ts$|[\\/]@noble[\\/]ed25519[\\/]/u,
    priority: 6,
  },
  // the words that changed; a citizen fetches it with the renewed text only
  { name: 'staff-diff', test: /[\\/]node_modules[\\/]diff[\\/]|results[\\/]diffRuns\.ts$/u, priority: 3 },
  {
    name: 'button',
    test: /[\\/]src[\\/]ui[\\/](AppButton|AppCard|EmptyState|NoticeBox|moreIcons)\.|i18n[\\/]es-MX[\\/]controls\./u,
    priority: 6,
  },
  {
    name: 'frame',
    test: /[\\/]src[\\/](app[\\/](Frame|Help|Broken|LandingEmpty|engines|stores[\\/]pwa|when|worker)|ui[\\/](accent|pngUrl)\.|data[\\/]logoFiles)|[\\/]workbox-window[\\/]/u,
    priority: 5,
  },
  // what forms, folios and answers by one tap share: an attempt and the words of its refusal
  {
    name: 'kit',
    test: /[\\/]src[\\/](campaign[\\/](use(Worded)?Attempt|form[\\/]secret)\.|ui[\\/](CheckField|StateChip|OtherTexts|ConfirmDialog|ConflictBox|TextArea|SelectField|useCopied)\.|i18n[\\/]refusals\.ts$)/u,
    priority: 5,
  },
  {
    // a campaign's first screens, without forms and folios
    name: 'campaign',
    test: /[\\/]src[\\/](app[\\/]features|features[\\/](convocatoria[\\/]ConvocatoriaView|([a-z]+)[\\/](feature\.|\3Body))|campaign[\\/]published)/iu,
    priority: 4,
  },
  // what a kind's form and its sent submissions share is here, so that a form opens without the folio's screens
  { name: 'form', test: /[\\/]src[\\/]campaign[\\/](form[\\/]|useStrategy\.)/u, priority: 3 },
  { name: 'taps', test: /[\\/]propuestas[\\/]taps[\\/]/u, priority: 3 },
  // with its words, which the scanner uses too
  { name: 'verificar', test: /[\\/]src[\\/]features[\\/]verificar[\\/](?!Scan)/u, priority: 3 },
  // the scanner: staff have it at the door, and others once they scan a constancia; after all that is precached
  { name: 'codes', test: /[\\/]src[\\/](media[\\/]codes|features[\\/][^\\/]+[\\/]Scan)/u, priority: 0.5 },
  {
    name: 'folio',
    test: /[\\/]src[\\/](campaign(?![\\/](card|aloud)[\\/])|features[\\/](convocatoria[\\/](?!Preview)|envios[\\/](?!log[\\/])|enlaces[\\/](?!(card|letter)[\\/]))|ui[\\/]QrCode\.)|_shared[\\/]files[\\/]csv/u,
    priority: 2,
  },
  // a preview asks the server each time, so no phone keeps its page
  { name: 'staff-preview', test: /[\\/]convocatoria[\\/]Preview/u, priority: 2 },
  {
    name: 'pages',
    test: /[\\/]src[\\/](app[\\/](?!(main|early|staffPieces)\.ts)|features[\\/][^\\/]+[\\/]card\.ts$)/u,
    priority: 1,
  },
  {
    name: 'gallery',
    test: /[\\/]src[\\/]features[\\/][^\\/]+[\\/](Galer|Galler|Publi)/u,
    priority: 2,
  },
  // the table of words and the stemmer: those who write a proposal fetch them, and keep them from then on
  {
    name: 'likeness',
    test: /[\\/]propuestas[\\/]likeness[\\/](?!groups)|[\\/]@orama[\\/]/u,
    priority: 0.5,
  },
  // suggested groups, on the words of the hints; after them, so that those stay a file of their own
  { name: 'staff-groups', test: /[\\/]propuestas[\\/]likeness[\\/]groups\.ts$/u, priority: 0.4 },
  // supports need signal; those who write keep their code with the hints
  {
    name: 'likeness-supports',
    test: /[\\/]propuestas[\\/]supports[\\/]|[\\/]es-MX[\\/]propuestasSupports/u,
    priority: 0.6,
  },
  // the recorder of slices, which voice notes and videos share; before the media library, which a voice note does not need
  {
    name: 'video-recorder',
    test: /[\\/]src[\\/]media[\\/]recorder[\\/]|_shared[\\/]media[\\/]ebml\.ts$/u,
    priority: 6,
  },
  // records a voice note and reads questions aloud: whoever opens a form fetches it once, and keeps it
  {
    name: 'voice',
    test: /[\\/]src[\\/](media[\\/]voice[\\/]|features[\\/][^\\/]+[\\/]voice[\\/]|campaign[\\/]aloud[\\/]|i18n[\\/]es-MX[\\/](aloud|propuestasVoice)\.)/u,
    priority: 0.6,
  },
  { name: kindOf, debugName: 'kind', test: KIND, priority: 1 },
  // the room of a chosen video, after what the form shares with it
  {
    name: 'video-film',
    test: /[\\/]src[\\/](features[\\/]videos[\\/]film[\\/]|media[\\/]((inspect|container|mp4|webm|poster)\.ts$|film[\\/])|i18n[\\/]es-MX[\\/]videos(Film|Record)\.)/u,
    priority: 0.6,
  },
  // pages of results, which are read with signal: no phone precaches them, so they come after all that is
  {
    name: 'online-results',
    test: /[\\/]src[\\/](features[\\/][^\\/]+[\\/]results[\\/]|i18n[\\/]es-MX[\\/]propuestasResults)/u,
    priority: 0.5,
  },
  {
    name: 'online-mesa',
    test: /[\\/]propuestas[\\/]mesa[\\/]|[\\/]es-MX[\\/]propuestasMesa\./u,
    priority: 0.5,
  },
  // reminders and the calendar's address are the server's to keep, so choosing them needs signal
  {
    name: 'online-choices',
    test: /[\\/]src[\\/](features[\\/][^\\/]+[\\/](CalendarAddress|ReminderChoice)\.|data[\\/]calendarAddress|i18n[\\/]es-MX[\\/]jornadas(Calendar|Reminders))/u,
    priority: 0.5,
  },
  // what a folio asks of the transparency log
  {
    name: 'online-log',
    test: /[\\/]src[\\/](features[\\/]envios[\\/]log[\\/]|data[\\/]publicLog|i18n[\\/]es-MX[\\/]publicLog)|_shared[\\/]signed[\\/](merkle|publicLog)/u,
    priority: 0.5,
  },
  // a video that is not public, which its author and a minor's guardian watch with signal
  {
    name: 'online-signed',
    test: /[\\/]videos[\\/]signed[\\/]|[\\/]src[\\/]data[\\/]ownVideo\.|[\\/]es-MX[\\/]videosSigned\./u,
    priority: 0.55,
  },
  // a card and a letter's link are opened with signal only
  {
    name: 'online-links',
    test: /[\\/]src[\\/](campaign|features[\\/][^\\/]+)[\\/](card|letter)[\\/]|i18n[\\/]es-MX[\\/](tarjeta|correo|autorizar)\./u,
    priority: 0.5,
  },
  // what the file with everything of an author has beside the submission
  { name: 'online-own', test: /[\\/]features[\\/][^\\/]+[\\/]own[\\/]/u, priority: 0.5 },
  // what a video gets once it is played, which needs signal
  {
    name: 'online-player',
    test: /[\\/]videos[\\/]player[\\/]|[\\/]es-MX[\\/]videosPlayer\./u,
    priority: 0.5,
  },
  // what is asked of minors: the phones of a call that lets them take part keep it
  {
    name: 'online-minors',
    test: /[\\/]videos[\\/]minors[\\/]|[\\/]es-MX[\\/]videosMinors\./u,
    priority: 0.5,
  },
  // the lines of captions, for authors and staff, who keep them offline with their files
  {
    name: 'staff-lines',
    test: /[\\/]videos[\\/]captions[\\/]editor[\\/]|[\\/]es-MX[\\/]videosCaptions\./u,
    priority: 0.45,
  },
  // an author's captions are corrected beside the server's file, which needs signal
  {
    name: 'online-captions',
    test: /[\\/]videos[\\/]captions[\\/]own[\\/]|[\\/]es-MX[\\/]videosOwnCaptions\./u,
    priority: 0.4,
  },
  // makes the public copy of a video in a reviewer's browser
  { name: 'staff-copy', test: /[\\/]src[\\/]media[\\/]fastStart\.ts$/u, priority: 0.5 },
  { name: 'staff-markdown', test: /[\\/]node_modules[\\/]marked[\\/]/u, priority: 1 },
  {
    name: 'staff-files',
    test: /_shared[\\/]files[\\/](?!csv)|[\\/]node_modules[\\/]fflate[\\/]/u,
    priority: 1,
  },
  {
    name: 'staff-signatures',
    test: /[\\/]node_modules[\\/](@noble[\\/]curves|canonicalize)[\\/]/u,
    priority: 1,
  },
  { name: 'staff-xlsx', test: /[\\/]node_modules[\\/]write-excel-file[\\/]|zip-here/u, priority: 1 },
  { name: 'staff-sound', test: /[\\/](media[\\/]repackSound|files[\\/]ogg)\.ts$/u, priority: 2 }, // with the media library
  { name: 'staff-paste', test: /[\\/]src[\\/]staff[\\/]text[\\/]paste[\\/]/u, priority: 2 },
  {
    name: 'staff-editor',
    test: /[\\/]node_modules[\\/](prosemirror-|orderedmap|rope-sequence|w3c-keyname)|[\\/]src[\\/]staff[\\/]text[\\/](?!FormattedField|paste)/u,
    priority: 1,
  },
  { name: 'staff-session', test: STAFF_DATA, priority: 1 },
  {
    name: 'staff-desk',
    test: /[\\/]src[\\/](app[\\/]staffPieces\.|(staff|features[\\/][^\\/]+[\\/]staff)[\\/](?!(?:board|captions)[\\/]))/u,
    priority: 0,
  },
  {
    name: 'staff-board',
    test: /[\\/]src[\\/](staff|features[\\/][^\\/]+[\\/]staff)[\\/]board[\\/]|[\\/]node_modules[\\/](d3-|internmap)/u,
    priority: 0, // after the desk, whose modules it uses
  },
  // the lines of captions beside the player, and how they are cut
  {
    name: 'staff-captions',
    test: /[\\/]videos[\\/](staff[\\/])?captions[\\/]/u,
    priority: 0,
  },
]
