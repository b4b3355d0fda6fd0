"""Filled-in sheets for the tests of the receipt: real lengths, in French, German, Arabic and Portuguese."""

import base64
from datetime import UTC, datetime

from portal.adapters.signing import Signer
from portal.adapters.typesetting import Fact, ReceiptSheet, ReceiptText, Section
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode

SIGNER = Signer("2026:" + base64.urlsafe_b64encode(bytes(range(32))).decode())
INSTANT = datetime(2026, 11, 30, 22, 58, 41, tzinfo=UTC)
FACTS = ReceiptFacts("VS-4821-9035-63", INSTANT, "online", 6248, "filing", 1042, bytes(range(100, 132)))
VERIFY_URL = "https://portal.example.ch/fr/verify?receipt=" + encode(FACTS, *SIGNER.sign(canonical_bytes(FACTS)))

CENTRE = "CMS régional de Sierre, Hôtel-de-Ville, 3960 Sierre, 027 922 30 20"

FR = ReceiptText(
    lang="fr",
    direction="ltr",
    issuer="Aide sociale en Valais · Portail",
    title="Reçu de votre annonce",
    date_label="Date de votre annonce",
    date="lundi 30 novembre 2026",
    time="à 23 h 58, heure suisse",
    name_label="Nom",
    name_placeholder="[nom comme au dossier]",
    reference_label="Référence",
    check_code_label="Code de contrôle",
    clocks=(
        Fact("Décision de la commune au plus tard", "mercredi 30 décembre 2026"),
        Fact("Aide urgente au plus tard", "samedi 5 décembre 2026"),
    ),
    facts=(
        Fact("Centre compétent", CENTRE),
        Fact("Commune", "Sierre"),
        Fact("Annonce reçue", "en ligne"),
    ),
    sections=(
        Section(
            "La suite",
            (
                "Le centre vous contacte. Vous pouvez aussi l’appeler et donner votre référence.",
                "Préparez vos papiers quand vous le pouvez. Rien ne manque pour fixer la date.",
                "Sans nouvelles après dix jours, appelez le centre.",
            ),
        ),
        Section(
            "Ce que dit ce reçu",
            (
                "Nous avons enregistré votre annonce et nous l’avons transmise au centre.",
                "L’aide peut commencer le premier jour du mois du premier contact (source: canton).",
                "La commune décide de la date et de l’aide.",
            ),
        ),
    ),
    check=Section(
        "Vérifier ce reçu",
        (
            "Scannez le code QR, ou ouvrez portal.example.ch/fr/verify.",
            "Donnez la référence et le code de contrôle. La page ne montre que la date.",
        ),
    ),
    qr_alt="Code QR qui ouvre la page de vérification de ce reçu",
    register_label="Inscription au registre",
    hash_label="Empreinte",
)

DE = ReceiptText(
    lang="de",
    direction="ltr",
    issuer="Sozialhilfe im Wallis · Portal",
    title="Quittung Ihrer Anmeldung",
    date_label="Datum Ihrer Anmeldung",
    date="Montag, 30. November 2026",
    time="um 23.58 Uhr, Schweizer Zeit",
    name_label="Name",
    name_placeholder="[Name wie im Dossier]",
    reference_label="Referenz",
    check_code_label="Kontrollcode",
    clocks=(
        Fact("Entscheid der Gemeinde spätestens", "Mittwoch, 30. Dezember 2026"),
        Fact("Dringende Hilfe spätestens", "Samstag, 5. Dezember 2026"),
    ),
    facts=(
        Fact("Zuständiges Zentrum", CENTRE),
        Fact("Gemeinde", "Siders"),
        Fact("Anmeldung erhalten", "online"),
    ),
    sections=(
        Section(
            "Wie es weitergeht",
            (
                "Das Zentrum nimmt mit Ihnen Kontakt auf. Sie können auch anrufen und die Referenz nennen.",
                "Bereiten Sie Ihre Unterlagen vor, wenn es geht. Für das Datum fehlt nichts.",
                "Hören Sie zehn Tage lang nichts, rufen Sie das Zentrum an.",
            ),
        ),
        Section(
            "Was diese Quittung sagt",
            (
                "Wir haben Ihre Anmeldung erfasst und dem Zentrum gemeldet.",
                "Die Hilfe kann am ersten Tag des Monats des ersten Kontakts beginnen (Quelle: Kanton).",
                "Die Gemeinde entscheidet über das Datum und die Hilfe.",
            ),
        ),
    ),
    check=Section(
        "Diese Quittung prüfen",
        (
            "Scannen Sie den QR-Code oder öffnen Sie portal.example.ch/de/verify.",
            "Geben Sie Referenz und Kontrollcode ein. Die Seite zeigt nur das Datum.",
        ),
    ),
    qr_alt="QR-Code, der die Prüfseite dieser Quittung öffnet",
    register_label="Eintrag im Register",
    hash_label="Fingerabdruck",
)

AR = ReceiptText(
    lang="ar",
    direction="rtl",
    issuer="المساعدة الاجتماعية في فاليه · البوابة",
    title="إيصال إعلانكم",
    date_label="تاريخ إعلانكم",
    date="الاثنين 30 نوفمبر 2026",
    time="الساعة 23:58 بتوقيت سويسرا",
    name_label="الاسم",
    name_placeholder="[الاسم كما في الملف]",
    reference_label="المرجع",
    check_code_label="رمز التحقق",
    clocks=(
        Fact("قرار البلدية في موعد أقصاه", "الأربعاء 30 ديسمبر 2026"),
        Fact("المساعدة العاجلة في موعد أقصاه", "السبت 5 ديسمبر 2026"),
    ),
    facts=(
        Fact("المركز المختص", CENTRE),
        Fact("البلدية", "Sierre"),
        Fact("طريقة الإعلان", "عبر الإنترنت"),
    ),
    sections=(
        Section(
            "الخطوات التالية",
            (
                "سيتصل بكم المركز. يمكنكم أيضا الاتصال على 027 922 30 20 وذكر المرجع.",
                "حضّروا أوراقكم عندما تستطيعون. لا ينقص شيء لتثبيت التاريخ.",
                "إذا لم يصلكم خبر بعد عشرة أيام، اتصلوا بالمركز.",
            ),
        ),
        Section(
            "ما يقوله هذا الإيصال",
            (
                "سجّلنا إعلانكم وأبلغنا المركز به.",
                "يمكن أن تبدأ المساعدة في أول يوم من شهر الاتصال الأول (المصدر: الكانتون).",
                "البلدية هي التي تقرر التاريخ والمساعدة.",
            ),
        ),
    ),
    check=Section(
        "التحقق من هذا الإيصال",
        (
            "امسحوا رمز الاستجابة السريعة أو افتحوا portal.example.ch/ar/verify.",
            "أدخلوا المرجع ورمز التحقق. لا تظهر الصفحة إلا التاريخ.",
        ),
    ),
    qr_alt="رمز يفتح صفحة التحقق من هذا الإيصال",
    register_label="القيد في السجل",
    hash_label="البصمة",
)

PT = ReceiptText(
    lang="pt",
    direction="ltr",
    issuer="Assistência social no Valais · Portal",
    title="Recibo do seu anúncio",
    date_label="Data do seu anúncio",
    date="segunda-feira, 30 de novembro de 2026",
    time="às 23:58, hora suíça",
    name_label="Nome",
    name_placeholder="[nome como no processo]",
    reference_label="Referência",
    check_code_label="Código de controlo",
    clocks=(
        Fact("Decisão do município o mais tardar", "quarta-feira, 30 de dezembro de 2026"),
        Fact("Ajuda urgente o mais tardar", "sábado, 5 de dezembro de 2026"),
    ),
    facts=(
        Fact("Centro competente", CENTRE),
        Fact("Município", "Sierre"),
        Fact("Anúncio recebido", "pela internet"),
    ),
    sections=(
        Section(
            "O que se segue",
            (
                "O centro entra em contacto consigo. Também pode telefonar e dar a sua referência.",
                "Prepare os seus documentos quando puder. Nada falta para fixar a data.",
                "Sem notícias após dez dias, telefone ao centro.",
            ),
        ),
        Section(
            "O que diz este recibo",
            (
                "Registámos o seu anúncio e informámos o centro.",
                "A ajuda pode começar no primeiro dia do mês do primeiro contacto (fonte: cantão).",
                "O município decide sobre a data e a ajuda.",
            ),
        ),
    ),
    check=Section(
        "Verificar este recibo",
        (
            "Leia o código QR ou abra portal.example.ch/pt/verify.",
            "Indique a referência e o código de controlo. A página mostra apenas a data.",
        ),
    ),
    qr_alt="Código QR que abre a página de verificação deste recibo",
    register_label="Inscrição no registo",
    hash_label="Impressão digital",
)


def receipt(
    official: ReceiptText = FR, own: ReceiptText | None = None, name: str = "Amélie Dubois", latin: str = ""
) -> ReceiptSheet:
    """A receipt for `name`, in one or two languages."""
    return ReceiptSheet(
        instant=INSTANT,
        name=name,
        name_latin=latin,
        reference=FACTS.reference,
        check_code="20964418",
        sequence=FACTS.sequence,
        entry_hash=FACTS.entry_hash,
        qr_text=VERIFY_URL,
        official=official,
        own=own,
    )
