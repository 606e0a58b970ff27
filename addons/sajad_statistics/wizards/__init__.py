from . import sajad_stat_print
