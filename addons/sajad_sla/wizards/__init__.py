from . import sajad_agreement_compare
