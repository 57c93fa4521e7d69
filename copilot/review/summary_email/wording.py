"""The words around what the customer said, in the languages that the email can be written in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copilot.domain.value import Value


class Wording(Value):
    """`{}` is where a name, a list or a quoted item goes."""

    language: str
    subject: str
    subject_about: str
    subject_review: str
    subject_review_about: str
    hello: str
    hello_to: str
    and_: str
    quoted: str
    thanks: str
    below: str
    nothing: str
    before: str
    consequences: str
    outcomes: str
    capabilities: str
    phase_one: str
    phase_later: str
    phase_open: str
    serves: str
    measures: str
    measure: str
    early_sign: str
    baseline: str
    target: str
    review_baseline: str
    review_target: str
    owner: str
    cadence: str
    steps: str
    unsettled: str
    owner_open: str
    due_open: str
    open: str
    ask_capability: str
    ask_metric: str
    ask_baseline: str
    ask_target: str
    ask_owner: str
    ask_cadence: str
    ask_owner_and_cadence: str
    ask_phase: str
    correct_us: str
    regards: str

    def listed(self, names: Sequence[str]) -> str:
        """ "Tom", "Tom and Ines", "Tom, Ines and Raj"."""
        return self.and_.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


ENGLISH = Wording(
    language="en",
    subject="What we heard and agreed",
    subject_about="What we heard and agreed: {}",
    subject_review="What we reviewed together",
    subject_review_about="What we reviewed together: {}",
    hello="Hello,",
    hello_to="Hello {},",
    and_=" and ",
    quoted="“{}”",
    thanks="Thank you for the conversation.",
    below="Below is what we took from it, in your words. Please tell us what we have wrong or missed.",
    nothing="We would like to hear more about what you want to reach.",
    before="How it works today",
    consequences="What that costs you",
    outcomes="What you want to reach",
    capabilities="What has to be in place",
    phase_one="From day one",
    phase_later="Later",
    phase_open="Not yet settled when",
    serves="for {}",
    measures="How we will measure it",
    measure="Measure",
    early_sign="early sign",
    baseline="Today",
    target="Target",
    review_baseline="Before",
    review_target="Now, or aimed at",
    owner="Owner",
    cadence="Reported",
    steps="Who does what, by when",
    unsettled="open",
    owner_open="owner open",
    due_open="date open",
    open="Still open",
    ask_capability="What has to be in place for {}?",
    ask_metric="How would we tell that {} has been reached?",
    ask_baseline="Where does {} stand today?",
    ask_target="Which figure should {} reach?",
    ask_owner="Who owns {}?",
    ask_owner_and_cadence="Who owns {}, and how often will it be reported?",
    ask_cadence="How often will {} be reported?",
    ask_phase="Needed from day one, or later: {}?",
    correct_us="If anything here is not as you meant it, a short reply is enough.",
    regards="Best regards",
)
GERMAN = Wording(
    language="de",
    subject="Was wir gehört und vereinbart haben",
    subject_about="Was wir gehört und vereinbart haben: {}",
    subject_review="Unser Rückblick",
    subject_review_about="Unser Rückblick: {}",
    hello="Guten Tag,",
    hello_to="Guten Tag {},",
    and_=" und ",
    quoted="„{}“",
    thanks="Vielen Dank für das Gespräch.",
    below="Hier steht in Ihren Worten, was wir mitgenommen haben. Bitte sagen Sie uns, was nicht stimmt oder fehlt.",
    nothing="Wir würden gern mehr darüber hören, was Sie erreichen wollen.",
    before="Wie es heute läuft",
    consequences="Was das kostet",
    outcomes="Was Sie erreichen wollen",
    capabilities="Was dafür da sein muss",
    phase_one="Vom ersten Tag an",
    phase_later="Später",
    phase_open="Noch offen, ab wann",
    serves="für {}",
    measures="Woran wir es messen",
    measure="Messgröße",
    early_sign="frühes Zeichen",
    baseline="Heute",
    target="Ziel",
    review_baseline="Vorher",
    review_target="Jetzt oder angestrebt",
    owner="Verantwortlich",
    cadence="Berichtet",
    steps="Wer macht was bis wann",
    unsettled="offen",
    owner_open="noch niemand",
    due_open="Termin offen",
    open="Noch offen",
    ask_capability="Was muss für {} da sein?",
    ask_metric="Woran würden wir erkennen, dass {} erreicht ist?",
    ask_baseline="Wo steht {} heute?",
    ask_target="Welchen Wert soll {} erreichen?",
    ask_owner="Wer verantwortet {}?",
    ask_owner_and_cadence="Wer verantwortet {}, und wie oft wird darüber berichtet?",
    ask_cadence="Wie oft wird über {} berichtet?",
    ask_phase="Vom ersten Tag an nötig oder später: {}?",
    correct_us="Falls etwas nicht so gemeint war, genügt eine kurze Antwort.",
    regards="Mit freundlichen Grüßen",
)
FRENCH = Wording(
    language="fr",
    subject="Ce que nous avons entendu et convenu",
    subject_about="Ce que nous avons entendu et convenu : {}",
    subject_review="Notre bilan",
    subject_review_about="Notre bilan : {}",
    hello="Bonjour,",
    hello_to="Bonjour {},",
    and_=" et ",
    quoted="« {} »",
    thanks="Merci pour cet échange.",
    below="Voici, avec vos mots, ce que nous en avons retenu. Dites-nous ce qui est inexact ou ce qui manque.",
    nothing="Nous aimerions en savoir plus sur ce que vous voulez atteindre.",
    before="Comment cela se passe aujourd’hui",
    consequences="Ce que cela vous coûte",
    outcomes="Ce que vous voulez atteindre",
    capabilities="Ce qui doit être en place",
    phase_one="Dès le premier jour",
    phase_later="Plus tard",
    phase_open="Moment à préciser",
    serves="pour {}",
    measures="Comment nous le mesurerons",
    measure="Mesure",
    early_sign="premier signe",
    baseline="Aujourd’hui",
    target="Objectif",
    review_baseline="Avant",
    review_target="Atteint ou visé",
    owner="Responsable",
    cadence="Suivi",
    steps="Qui fait quoi, pour quand",
    unsettled="à préciser",
    owner_open="responsable à préciser",
    due_open="date à préciser",
    open="Encore ouvert",
    ask_capability="Que faut-il mettre en place pour {} ?",
    ask_metric="À quoi verrons-nous que {} est atteint ?",
    ask_baseline="Où en est {} aujourd’hui ?",
    ask_target="Quelle valeur {} doit-il atteindre ?",
    ask_owner="Qui est responsable de {} ?",
    ask_owner_and_cadence="Qui est responsable de {}, et à quelle fréquence sera-t-il suivi ?",
    ask_cadence="À quelle fréquence {} sera-t-il suivi ?",
    ask_phase="Nécessaire dès le premier jour, ou plus tard : {} ?",
    correct_us="Si quelque chose n’est pas conforme à ce que vous vouliez dire, une courte réponse suffit.",
    regards="Bien cordialement",
)
SPANISH = Wording(
    language="es",
    subject="Lo que escuchamos y acordamos",
    subject_about="Lo que escuchamos y acordamos: {}",
    subject_review="Lo que revisamos juntos",
    subject_review_about="Lo que revisamos juntos: {}",
    hello="Hola:",
    hello_to="Hola, {}:",
    and_=" y ",
    quoted="«{}»",
    thanks="Gracias por la conversación.",
    below="Esto es lo que nos llevamos, en sus palabras. Díganos, por favor, qué no es correcto o qué falta.",
    nothing="Nos gustaría saber más sobre lo que quieren lograr.",
    before="Cómo funciona hoy",
    consequences="Lo que eso cuesta",
    outcomes="Lo que quieren lograr",
    capabilities="Lo que debe estar listo",
    phase_one="Desde el primer día",
    phase_later="Más adelante",
    phase_open="Aún sin fecha",
    serves="para {}",
    measures="Cómo lo mediremos",
    measure="Medida",
    early_sign="primera señal",
    baseline="Hoy",
    target="Meta",
    review_baseline="Antes",
    review_target="Ahora o previsto",
    owner="Responsable",
    cadence="Se informa",
    steps="Quién hace qué y para cuándo",
    unsettled="por definir",
    owner_open="responsable por definir",
    due_open="fecha por definir",
    open="Queda por aclarar",
    ask_capability="¿Qué debe estar listo para {}?",
    ask_metric="¿Cómo sabremos que se ha logrado {}?",
    ask_baseline="¿En qué punto está hoy {}?",
    ask_target="¿A qué cifra debe llegar {}?",
    ask_owner="¿Quién es responsable de {}?",
    ask_owner_and_cadence="¿Quién es responsable de {} y cada cuánto se informará?",
    ask_cadence="¿Cada cuánto se informará de {}?",
    ask_phase="¿Necesario desde el primer día o más adelante: {}?",
    correct_us="Si algo no es como lo querían decir, basta una respuesta breve.",
    regards="Un cordial saludo",
)
LANGUAGES: Mapping[str, Wording] = {wording.language: wording for wording in (ENGLISH, GERMAN, FRENCH, SPANISH)}


def wording_for(language: str | None) -> Wording:
    """The wording for a BCP 47 tag; English where there is none, or none for it."""
    primary = (language or "").replace("_", "-").split("-")[0].lower()
    return LANGUAGES.get(primary, ENGLISH)
