from . import sajad_helpdesk_demo
