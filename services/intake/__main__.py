"""python -m services.intake serve | relay | listen | clock | migrate | rebuild | resend | parked | verify"""

from services.intake.app import parts
from shared.cli import main

main(parts())
